package dev.attune.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files, made at random from a good one: each is read, or refused with one clear message. */
class SafetensorsMutationTest {
    private static final int MUTANTS = 600;

    @TempDir
    Path dir;

    @Test
    void everyMutantIsReadOrRefused() throws IOException {
        byte[] good = good();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            Path file = Files.write(dir.resolve("mutant"), mutate(good, random));
            try (Scope scope = Scope.open();
                    SafetensorsFile open = SafetensorsFile.open(file)) {
                for (String name : open.names()) {
                    assertThat(open.readWeight(name).toFloats()).isNotNull();
                }
            } catch (BadInputException e) {
                refused++;
                assertThat(e.getMessage()).contains("mutant").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - 1);
    }

    private byte[] good() throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("embed.weight", Tensor.ones(8, 4));
            tensors.put("norm.weight", Tensor.ones(4));
            tensors.put("lm_head.weight", Tensor.ones(8, 4));
            Path file = dir.resolve("good");
            SafetensorsWriter.write(file, tensors, null);
            return Files.readAllBytes(file);
        }
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int header = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
            case 2 ->
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0, random.nextLong() >> random.nextInt(64));
            case 3 -> replaceDigit(bytes, header, random);
            default -> {
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    bytes[random.nextInt(8 + header)] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }

    private static void replaceDigit(byte[] bytes, int header, Random random) {
        int at = 8 + random.nextInt(header);
        for (int i = 0; i < header; i++) {
            int candidate = 8 + (at - 8 + i) % header;
            if (bytes[candidate] >= '0' && bytes[candidate] <= '9') {
                bytes[candidate] = (byte) ('0' + random.nextInt(10));
                return;
            }
        }
    }
}
