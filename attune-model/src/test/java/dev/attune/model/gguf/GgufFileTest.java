package dev.attune.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container: what is written is read back, and a damaged file is one line of error. */
class GgufFileTest {
    @TempDir
    Path folder;

    /** A header, written byte by byte. */
    private static final class Bytes {
        private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

        Bytes start(long tensors, long keys) {
            buffer.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3);
            return eight(tensors).eight(keys);
        }

        Bytes eight(long value) {
            buffer.putLong(value);
            return this;
        }

        Bytes four(int value) {
            buffer.putInt(value);
            return this;
        }

        Bytes text(String text) {
            return raw(text.getBytes(StandardCharsets.UTF_8));
        }

        Bytes raw(byte[] bytes) {
            eight(bytes.length);
            buffer.put(bytes);
            return this;
        }

        Bytes tensor(String name, int type, long offset, long... dims) {
            text(name).four(dims.length);
            Arrays.stream(dims).forEach(this::eight);
            return four(type).eight(offset);
        }

        Bytes data(int count) {
            while (buffer.position() % 32 != 0) {
                buffer.put((byte) 0);
            }
            buffer.put(new byte[count]);
            return this;
        }

        byte[] done() {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.gguf"), bytes);
    }

    private void refused(Consumer<Bytes> header, String... parts) throws IOException {
        Bytes bytes = new Bytes();
        header.accept(bytes);
        Path file = file(bytes.done());
        assertThatThrownBy(() -> GgufFile.open(file).close())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.gguf")
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void keysAndTensorsAreReadBack() {
        Path file = folder.resolve("out.gguf");
        Metadata metadata = new Metadata("out.gguf")
                .put("text", "Grüße")
                .put("whole", 4_000_000_000L)
                .put("real", 1e-5)
                .put("flag", true)
                .putTexts("texts", List.of("a", "", "▁b"));
        try (Scope scope = Scope.open()) {
            Tensor values = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            GgufWriter.write(
                    file,
                    metadata,
                    List.of(
                            new GgufWriter.Source("a", new long[] {2, 3}, BlockFormat.F32, () -> values),
                            new GgufWriter.Source(
                                    "b", new long[] {3, 2}, BlockFormat.F16, () -> values.reshape(3, 2))));
            try (GgufFile open = GgufFile.open(file)) {
                assertThat(open.metadata().values()).isEqualTo(metadata.values());
                assertThat(open.metadata().number("real")).isEqualTo(1e-5);
                assertThat(open.tensors()).containsOnlyKeys("a", "b");
                assertThat(open.info("b").offset() % 32).isZero();
                assertThat(open.read("a").shape()).containsExactly(2, 3);
                assertThat(open.read("a").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
                assertThat(open.read("b").shape()).containsExactly(3, 2);
                assertThat(open.read("a", 1).toFloats()).containsExactly(4, 5, 6);
            }
        }
    }

    @Test
    void infiniteAndTooLargeValuesAreNotWritten() {
        Path file = folder.resolve("out.gguf");
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 65_520}) {
            try (Scope scope = Scope.open()) {
                Tensor values = Tensor.of(new float[] {0, value}, 1, 2);
                var source = new GgufWriter.Source("w", new long[] {1, 2}, BlockFormat.F16, () -> values);
                assertThatThrownBy(() -> GgufWriter.write(file, new Metadata(""), List.of(source)))
                        .isInstanceOf(BadInputException.class)
                        .hasMessageContainingAll("tensor w", Float.toString(value));
                assertThat(folder).isEmptyDirectory();
            }
        }
    }

    @Test
    void anotherKindOfFileIsRefused() throws IOException {
        refused(bytes -> bytes.eight(1).eight(2), "another kind of file");
        refused(bytes -> bytes.four(GgufHeaderReader.MAGIC).four(1), "version", "found 1");
        refused(bytes -> bytes.four(GgufHeaderReader.MAGIC).four(Integer.reverseBytes(3)), "big-endian");
    }

    @Test
    void countsBeyondTheFileAreRefused() throws IOException {
        refused(bytes -> bytes.start(-1, 0), "18446744073709551615 tensors");
        refused(bytes -> bytes.start(1L << 60, 0), (1L << 60) + " tensors");
        refused(bytes -> bytes.start(0, Long.MAX_VALUE), "keys");
        refused(bytes -> bytes.start(0, 1).eight(1L << 40).eight(0), "bytes of a key");
        refused(bytes -> bytes.start(0, 1).text("k").four(8).eight(1L << 62), "bytes of key k");
        refused(bytes -> bytes.start(0, 1).text("k").four(9).four(0).eight(1L << 62), "items of key k");
        refused(bytes -> bytes.start(0, 1).text("k").four(99), "type 99 of key k");
        refused(bytes -> bytes.start(0, 1).text("").four(4).four(1), "an empty key");
        refused(
                bytes -> bytes.start(0, 2)
                        .text("k")
                        .four(4)
                        .four(1)
                        .text("k")
                        .four(4)
                        .four(1),
                "the key k twice");
    }

    @Test
    void arraysInArraysEnd() throws IOException {
        refused(
                bytes -> {
                    bytes.start(0, 1).text("k").four(9);
                    for (int depth = 0; depth < 200; depth++) {
                        bytes.four(9).eight(1);
                    }
                },
                "arrays in arrays");
    }

    @Test
    void tensorsOutsideTheDataAreRefused() throws IOException {
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, 8).data(31), "tensor w", "32 bytes", "complete");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 64, 8).data(64), "offset 64");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 4, 1).data(64), "offset 4", "alignment 32");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, -32, 1).data(64), "offset 18446744073709551584");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, 1L << 33, 1L << 33).data(64), "tensor w");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, Long.MAX_VALUE).data(64), "tensor w");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, 0, 4).data(64), "dimension 0");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, -4).data(64), "dimension 18446744073709551612");
        refused(bytes -> bytes.start(1, 0).tensor("w", 0, 0, 1, 1, 1, 1, 1).data(64), "5 dimensions");
        refused(bytes -> bytes.start(1, 0).tensor("w", 8, 0, 31).data(64), "rows of 31", "32");
        refused(bytes -> bytes.start(1, 0).tensor("w", 10, 0, 256).data(128), "q2_k");
        refused(bytes -> bytes.start(1, 0).tensor("w", 77, 0, 256).data(128), "number 77");
        refused(
                bytes -> bytes.start(2, 0)
                        .tensor("w", 0, 0, 8)
                        .tensor("w", 0, 32, 8)
                        .data(64),
                "twice");
        refused(
                bytes -> bytes.start(2, 0)
                        .tensor("v", 0, 0, 9)
                        .tensor("w", 0, 32, 8)
                        .data(64),
                "overlap");
    }

    @Test
    void alignmentIsAPowerOfTwoOfItsType() throws IOException {
        refused(bytes -> bytes.start(0, 1).text("general.alignment").four(4).four(0), "general.alignment", "found 0");
        refused(bytes -> bytes.start(0, 1).text("general.alignment").four(4).four(48), "found 48");
        refused(bytes -> bytes.start(0, 1).text("general.alignment").four(5).four(32), "INT32");
        refused(bytes -> bytes.start(0, 1).text("general.alignment").four(8).text("32"), "STRING");
        refused( // read as signed it would be negative, and ignored
                bytes -> bytes.start(1, 1)
                        .text("general.alignment")
                        .four(4)
                        .four(1 << 31)
                        .tensor("w", 0, 0, 8)
                        .data(64),
                "tensor w");
    }

    @Test
    void namesThatAreNotUtf8AreNoReasonToStop() throws IOException {
        Bytes bytes = new Bytes().start(1, 2);
        bytes.text("k").four(8).raw(new byte[] {(byte) 0xFF, 'a'});
        bytes.text("unknown.key").four(12).eight(Double.doubleToLongBits(0.5));
        bytes.raw(new byte[] {(byte) 0xFE}).four(1).eight(8).four(0).eight(0);
        try (GgufFile open = GgufFile.open(file(bytes.data(32).done()))) {
            assertThat(open.metadata().text("k")).isEqualTo("\u00FFa");
            assertThat(open.metadata().number("unknown.key")).isEqualTo(0.5);
            assertThat(open.tensors()).containsOnlyKeys("\u00FE");
        }
    }

    /** Random changes and cuts of a valid file: it opens, or the error is one line; nothing else is thrown. */
    @Test
    void randomDamageIsRefusedOrHarmless() throws IOException {
        Bytes bytes = new Bytes().start(2, 3);
        bytes.text("general.alignment").four(4).four(32);
        bytes.text("texts").four(9).four(8).eight(2).text("one").text("two");
        bytes.text("numbers").four(9).four(5).eight(3).four(1).four(2).four(3);
        byte[] whole =
                bytes.tensor("v", 0, 0, 8).tensor("w", 8, 32, 32, 2).data(128).done();
        GgufFile.open(file(whole)).close();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int changes = i % 3; changes > 0 && damaged.length > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
            }
            try {
                GgufFile.open(file(damaged)).close();
            } catch (BadInputException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }
}
