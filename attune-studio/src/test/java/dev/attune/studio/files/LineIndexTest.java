package dev.attune.studio.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a file that grows, is cut back, or is replaced. */
class LineIndexTest {
    record Line(int number, String text) {}

    @TempDir
    Path folder;

    private final AtomicInteger read = new AtomicInteger();
    private final LineIndexes<Line, Integer> indexes = new LineIndexes<>(Line.class, line -> {
        read.incrementAndGet();
        return line.number();
    });

    private static String line(int number) {
        return "{\"number\":" + number + ",\"text\":\"ü" + number + "\"}\n";
    }

    private LineIndex<Line, Integer> index() {
        return indexes.of(folder.resolve("log.jsonl"));
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.resolve("log.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aMissingFileHasNoLines() {
        assertThat(index().size()).isZero();
    }

    @Test
    void aHalfWrittenLineIsLeftOutUntilItIsWhole() throws IOException {
        append(line(1) + line(2).substring(0, 10));
        assertThat(index().outlines()).containsExactly(1);
        append(line(2).substring(10) + line(3));
        assertThat(index().outlines()).containsExactly(1, 2, 3);
        assertThat(index().read(2).text()).isEqualTo("ü3");
        assertThat(read).as("each line is read once").hasValue(3);
    }

    @Test
    void unreadableLinesAreCounted() throws IOException {
        append(line(1) + "no\n\n" + line(2));
        assertThat(index().unreadable()).isEqualTo(2);
        assertThat(index().outlines()).containsExactly(1, 2);
        assertThat(index().read(1).number()).isEqualTo(2);
        assertThat(index().where(number -> number > 1)).containsExactly(1);
    }

    @Test
    void aFileThatWasCutBackIsReadAnew() throws IOException {
        append(line(1) + line(2));
        assertThat(index().outlines()).containsExactly(1, 2);
        Files.writeString(folder.resolve("log.jsonl"), line(1) + line(7) + line(8));
        assertThat(index().outlines()).containsExactly(1, 7, 8);
        Files.writeString(folder.resolve("log.jsonl"), line(9));
        assertThat(index().outlines()).containsExactly(9);
    }
}
