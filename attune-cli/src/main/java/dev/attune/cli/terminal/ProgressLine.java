package dev.attune.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Progress on standard error: steps done, rate, time left. In a terminal one line is updated; elsewhere a plain line
 * is printed every few seconds, so that logs stay readable.
 */
public final class ProgressLine implements AutoCloseable {
    private static final long TERMINAL_INTERVAL = Duration.ofMillis(200).toNanos();
    private static final long LOG_INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final int WIDTH = 110;

    private final PrintWriter err;
    private final String label;
    private final boolean terminal;
    private final LongSupplier clock;
    private long started;
    private long firstDone = -1;
    private long lastShown = Long.MIN_VALUE;
    private boolean lineOpen;

    ProgressLine(PrintWriter err, String label, boolean terminal, LongSupplier clock) {
        this.err = err;
        this.label = label;
        this.terminal = terminal;
        this.clock = clock;
        this.started = clock.getAsLong();
    }

    public static ProgressLine start(PrintWriter err, String label) {
        return new ProgressLine(err, label, interactive(), System::nanoTime);
    }

    /** Whether standard error is a terminal, as the launcher found. */
    private static boolean interactive() {
        String term = System.getenv("TERM");
        return Boolean.getBoolean("attune.terminal") && term != null && !term.equals("dumb");
    }

    /**
     * @param done steps completed so far, those before a resume included
     * @param total number of all steps
     * @param detail metrics to show, such as {@code reward 0.41 kl 2.3}
     */
    public void update(long done, long total, String detail) {
        long now = clock.getAsLong();
        if (firstDone < 0) {
            firstDone = done > 1 ? done : 0;
            started = done > 1 ? now : started;
        }
        boolean last = done >= total;
        long interval = terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
        if (!last && lastShown != Long.MIN_VALUE && now - lastShown < interval) {
            return;
        }
        lastShown = now;
        String line = line(done, total, detail, now - started);
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())) + (last ? "\n" : ""));
            lineOpen = !last;
        } else {
            err.println(line);
        }
        err.flush();
    }

    private String line(long done, long total, String detail, long elapsedNanos) {
        double seconds = Math.max(elapsedNanos / 1e9, 1e-9);
        double rate = (done - firstDone) / seconds;
        String left =
                done < total ? duration((total - done) / Math.max(rate, 1e-9)) + " left" : "took " + duration(seconds);
        String pace = done > firstDone ? "  " + rate(rate) + "  " + left : "";
        String text = String.format(
                Locale.ROOT, "%s %d/%d%s%s", label, done, total, pace, detail.isEmpty() ? "" : "  " + detail);
        return terminal && text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    }

    private static String rate(double perSecond) {
        return perSecond >= 1
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%.1f s each", 1 / Math.max(perSecond, 1e-9));
    }

    /** A duration for people: {@code 42 s}, {@code 3 min 20 s}, {@code 1 h 5 min}. */
    public static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }

    @Override
    public void close() {
        if (lineOpen) {
            err.println();
            err.flush();
            lineOpen = false;
        }
    }
}
