package dev.attune.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
    @TempDir
    Path folder;

    /** The first record, byte for byte as TensorFlow writes it apart from the time and the checksum over it. */
    @Test
    void startsWithTheFileVersion() throws Exception {
        Path file = folder.resolve("events.out.tfevents.1");
        TensorBoardLog.open(file).close();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(HexFormat.of().formatHex(bytes, 0, 8)).isEqualTo("1a00000000000000");
        assertThat(new String(bytes, 25, 13, StandardCharsets.UTF_8)).isEqualTo("brain.Event:2");
        assertThat(bytes).hasSize(12 + 26 + 4);
    }

    @Test
    void cutsBackToAStep() throws Exception {
        Path file = folder.resolve("events.out.tfevents.1");
        try (TensorBoardLog log = TensorBoardLog.open(file)) {
            log.write(1, Map.of("loss", 2.0));
            log.write(300, Map.of("loss", 1.0));
        }
        long after300 = Files.size(file);
        try (TensorBoardLog log = TensorBoardLog.open(file)) {
            log.write(301, Map.of("loss", 0.5));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
        TensorBoardLog.cutBack(file, 400);
        assertThat(Files.size(file)).as("an unfinished record goes").isEqualTo(after300);
        Files.write(file, whole);
        TensorBoardLog.cutBack(file, 300);
        assertThat(Files.size(file)).isEqualTo(after300);
        TensorBoardLog.cutBack(file, 0);
        assertThat(Files.size(file)).isEqualTo(42);
    }
}
