package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes a GGUF file of version 3. The file is written under a temporary name and renamed, so that one with the final
 * name is always complete. Tensors are made one at a time.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = GgufHeaderReader.DEFAULT_ALIGNMENT;

    private GgufWriter() {}

    /**
     * A tensor to write.
     *
     * @param shape in the order of PyTorch, slowest dimension first
     * @param values makes the tensor, float32 of this shape; called once
     */
    public record Source(String name, long[] shape, BlockFormat format, Supplier<Tensor> values) {
        private long count() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }

        private long bytes() {
            return format.bytes(count());
        }
    }

    /**
     * Writes a file.
     *
     * @throws BadInputException naming the tensor, if a value is not finite or too large for its format
     * @throws RunFailedException if the file cannot be written
     */
    public static void write(Path file, Metadata metadata, List<Source> tensors) {
        try {
            AtomicFiles.write(file, out -> {
                byte[] header = header(metadata, tensors);
                out.write(header);
                pad(out, header.length);
                for (Source tensor : tensors) {
                    writeData(file, tensor, out);
                    pad(out, tensor.bytes());
                }
            });
        } catch (IOException e) {
            throw new RunFailedException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void pad(OutputStream out, long length) throws IOException {
        out.write(new byte[(int) (padded(length) - length)]);
    }

    private static byte[] header(Metadata metadata, List<Source> tensors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, GgufHeaderReader.MAGIC, 4);
        number(out, 3, 4);
        number(out, tensors.size(), 8);
        number(out, metadata.keys().size(), 8);
        metadata.values().forEach((key, value) -> {
            text(out, key);
            number(out, value.type().number(), 4);
            value(out, value);
        });
        long offset = 0;
        for (Source tensor : tensors) {
            text(out, tensor.name);
            number(out, tensor.shape.length, 4);
            for (int i = tensor.shape.length - 1; i >= 0; i--) {
                number(out, tensor.shape[i], 8);
            }
            number(out, tensor.format.number(), 4);
            number(out, offset, 8);
            offset += padded(tensor.bytes());
        }
        return out.toByteArray();
    }

    private static void value(ByteArrayOutputStream out, MetadataValue value) {
        if (value instanceof MetadataValue.Whole whole) {
            number(out, whole.value(), whole.type().leastBytes());
        } else if (value instanceof MetadataValue.Real real) {
            boolean single = real.type() == ValueType.FLOAT32;
            long bits = single ? Float.floatToIntBits((float) real.value()) : Double.doubleToLongBits(real.value());
            number(out, bits, real.type().leastBytes());
        } else if (value instanceof MetadataValue.Flag flag) {
            number(out, flag.value() ? 1 : 0, 1);
        } else if (value instanceof MetadataValue.Text text) {
            text(out, text.value());
        } else if (value instanceof MetadataValue.Items array) {
            number(out, array.of().number(), 4);
            number(out, array.items().size(), 8);
            array.items().forEach(item -> value(out, item));
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length, 8);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    private static void writeData(Path file, Source tensor, OutputStream out) throws IOException {
        try (Scope scope = Scope.open()) {
            Tensor values = tensor.values.get().contiguous();
            if (!Arrays.equals(values.shape(), tensor.shape)) {
                throw new IllegalStateException(tensor.name + ": " + values + ", not " + Arrays.toString(tensor.shape));
            }
            int piece = (int) Math.min(GgufFile.PIECE, tensor.count());
            ByteBuffer plain = ByteBuffer.allocate(4 * piece).order(ByteOrder.nativeOrder());
            byte[] bytes = new byte[(int) tensor.format.bytes(piece)];
            ByteBuffer encoded = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            float[] part = new float[piece];
            for (long done = 0; done < tensor.count(); done += piece) {
                int count = (int) Math.min(piece, tensor.count() - done);
                values.readBytes(4 * done, plain.clear().limit(4 * count));
                plain.flip().asFloatBuffer().get(part, 0, count);
                requireInRange(file, tensor, part, count);
                tensor.format.encode(part, count, encoded);
                out.write(bytes, 0, (int) tensor.format.bytes(count));
            }
        }
    }

    private static void requireInRange(Path file, Source tensor, float[] part, int count) {
        double limit = tensor.format.overflow();
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(part[i]) < limit)) {
                throw BadInputException.at(
                        file + ", tensor " + tensor.name,
                        "the value " + part[i],
                        "finite numbers below " + limit + ", which " + tensor.format.label() + " can hold",
                        Float.isFinite(part[i]) ? "use --type f32" : "use a checkpoint with finite weights");
            }
        }
    }
}
