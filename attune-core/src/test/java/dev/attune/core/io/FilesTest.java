package dev.attune.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileWholeOrNotAtAll() throws IOException {
        Path file = folder.resolve("deep/er/settings.json");
        AtomicFiles.write(file, "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write("half".getBytes(StandardCharsets.UTF_8));
                    throw new IOException("disk full");
                }))
                .hasMessage(file + ": disk full");
        assertThat(file).hasContent("old");
        AtomicFiles.write(file, "new");
        assertThat(file).hasContent("new");
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void hashesBytes() throws IOException {
        Path file = folder.resolve("abc");
        Files.writeString(file, "abc");
        String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Hashing.sha256(file)).isEqualTo(expected);
        assertThat(Hashing.sha256("abc")).isEqualTo(expected);
        String before = Hashing.sha256OfFolder(folder);
        Files.move(file, folder.resolve("abd"));
        assertThat(Hashing.sha256OfFolder(folder)).isNotEqualTo(before);
        Files.move(folder.resolve("abd"), file);
        assertThat(Hashing.sha256OfFolder(folder)).isEqualTo(before);
    }

    @Test
    void cutsOffALineThatAKilledProcessLeft() throws IOException {
        Path log = folder.resolve("metrics.jsonl");
        Files.writeString(log, "{\"step\":1}\n{\"step\":2}\n{\"st");
        try (LineLog lines = LineLog.open(log)) {
            lines.append("{\"step\":3,\"ä\":1}");
            lines.force();
            assertThatThrownBy(() -> lines.append("two\nlines")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Files.readString(log)).isEqualTo("{\"step\":1}\n{\"step\":2}\n{\"step\":3,\"ä\":1}\n");
    }

    @Test
    void cutsALogBackToAStep() throws IOException {
        Path log = folder.resolve("metrics.jsonl");
        Files.writeString(log, "a\nb\nstop\nc\n");
        assertThat(LineLog.cutBack(log, line -> !line.equals("stop"))).isEqualTo(2);
        assertThat(Files.readString(log)).isEqualTo("a\nb\n");
        assertThat(LineLog.cutBack(log, line -> true)).isEqualTo(2);
    }

    @Test
    void scansLinesWithTheirNumbersAndEnds() throws IOException {
        Path file = folder.resolve("lines");
        Files.writeString(file, "\ufefföne\r\n\ntwo");
        List<String> seen = new ArrayList<>();
        try (LineScanner scanner = new LineScanner(Gzip.open(file))) {
            while (scanner.next()) {
                seen.add(scanner.number() + ":" + scanner.text() + ":" + scanner.end() + ":" + scanner.complete());
            }
        }
        assertThat(seen).containsExactly("1:öne:9:true", "2::10:true", "3:two:13:false");
    }

    @Test
    void scansLinesLongerThanTheBuffer() throws IOException {
        Path file = folder.resolve("long");
        String line = "x".repeat(200_000);
        Files.writeString(file, line + "\nend\n");
        try (LineScanner scanner = new LineScanner(Files.newInputStream(file))) {
            assertThat(scanner.next()).isTrue();
            assertThat(scanner.strictText()).isEqualTo(line);
            assertThat(scanner.next()).isTrue();
            assertThat(scanner.text()).isEqualTo("end");
            assertThat(scanner.next()).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamedWithTheFileAndLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("settings.json");
        AtomicFiles.write(file, "old");
        Path temporary = Files.createSymbolicLink(folder.resolve("settings.json.tmp"), Path.of("/dev/full"));
        assertThatThrownBy(() -> AtomicFiles.write(file, "new"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": No space left on device")
                .satisfies(failure ->
                        assertThat(WriteFailures.reason((IOException) failure)).isEqualTo("No space left on device"));
        assertThat(file).hasContent("old");
        assertThat(temporary).doesNotExist();
    }
}
