package dev.attune.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void columnsAreAligned() {
        Table table = Table.of("name", ">n").row("a", 5).row("longer", 123);
        assertThat(table.toString()).isEqualTo("name      n\na         5\nlonger  123\n");
    }

    @Test
    void untitledTablesHaveNoHeader() {
        assertThat(Table.of("", "").row("x", "y").toString()).isEqualTo("x  y\n");
    }

    @Test
    void plainLinesTellRateAndTimeLeft() {
        StringWriter err = new StringWriter();
        AtomicLong clock = new AtomicLong();
        ProgressLine line = new ProgressLine(new PrintWriter(err), "ppo", false, clock::get);
        clock.set(2_000_000_000L);
        line.update(4, 100, "kl 0.10");
        clock.set(3_000_000_000L);
        line.update(5, 100, "");
        clock.set(50_000_000_000L);
        line.update(100, 100, "kl 3.00");
        assertThat(err.toString().lines())
                .containsExactly("ppo 4/100  kl 0.10", "ppo 100/100  2.0/s  took 48 s  kl 3.00");
    }

    @Test
    void durationsReadWell() {
        assertThat(ProgressLine.duration(4.26)).isEqualTo("4.3 s");
        assertThat(ProgressLine.duration(42)).isEqualTo("42 s");
        assertThat(ProgressLine.duration(200)).isEqualTo("3 min 20 s");
        assertThat(ProgressLine.duration(3900)).isEqualTo("1 h 5 min");
    }

    @Test
    void halfACharacterWaits() {
        StringWriter out = new StringWriter();
        TokenPrinter printer = new TokenPrinter(
                new PrintWriter(out),
                tokens -> tokens.length == 2 ? "a\uFFFD" : "a\u00e9b".substring(0, Math.min(3, tokens.length)));
        printer.add(1);
        printer.add(2);
        assertThat(out.toString()).isEqualTo("a");
        printer.add(3);
        printer.finish("a\u00e9b.");
        assertThat(out.toString()).isEqualTo("a\u00e9b." + System.lineSeparator());
    }
}
