package dev.attune.model.safetensors;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Device;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes tensors as safetensors. A file is written under a temporary name, forced to disk and renamed, so that a file
 * with the final name is always complete. A full disk is a {@link RunFailedException}; the temporary file is deleted.
 */
public final class SafetensorsWriter {
    private static final int BLOCK = 4 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SafetensorsWriter() {}

    /**
     * A tensor that is made when it is written.
     *
     * @param dtype the type it is stored in
     * @param values makes the tensor, of this shape; called once
     */
    public record Pending(long[] shape, DType dtype, Supplier<Tensor> values) {
        private long bytes() {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact) * dtype.bytes();
        }
    }

    /**
     * Writes one file.
     *
     * @param dtype the type to store floating-point tensors in; null keeps each type. Integer types are kept.
     */
    public static void write(Path file, Map<String, Tensor> tensors, @Nullable DType dtype) {
        writePending(file, pending(tensors, dtype));
    }

    private static Map<String, Pending> pending(Map<String, Tensor> tensors, @Nullable DType dtype) {
        Map<String, Pending> all = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> all.put(name, new Pending(tensor.shape(), stored(tensor, dtype), () -> tensor)));
        return all;
    }

    private static void writePending(Path file, Map<String, Pending> tensors) {
        Path temporary = AtomicFiles.temporary(file);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, header(tensors));
                for (Pending tensor : tensors.values()) {
                    writeData(channel, tensor);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(temporary, e);
            throw new RunFailedException(file + ": cannot be written: " + e.getMessage(), e);
        } catch (BadInputException e) { // a weight that cannot be stored
            remove(temporary, e);
            throw e;
        }
    }

    /**
     * Writes a model's weights into a directory: {@code model.safetensors}, or shards and their index if the weights
     * take more than {@code shardBytes}.
     */
    public static void writeModel(Path directory, Map<String, Tensor> tensors, DType dtype, long shardBytes) {
        writeModel(directory, pending(tensors, dtype), shardBytes);
    }

    /** Like the other method, with weights that are made one at a time, so that the model need not be in memory. */
    public static void writeModel(Path directory, Map<String, Pending> tensors, long shardBytes) {
        List<Map<String, Pending>> shards = split(tensors, shardBytes);
        if (shards.size() == 1) {
            writePending(directory.resolve(CheckpointWeights.SINGLE), shards.get(0));
            return;
        }
        ObjectNode index = MAPPER.createObjectNode();
        long total = tensors.values().stream().mapToLong(Pending::bytes).sum();
        index.putObject("metadata").put("total_size", total);
        ObjectNode weightMap = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            writePending(directory.resolve(name), shards.get(i));
            shards.get(i).keySet().forEach(tensor -> weightMap.put(tensor, name));
        }
        Path file = directory.resolve(CheckpointWeights.INDEX);
        try {
            Files.writeString(file, MAPPER.writeValueAsString(index));
        } catch (IOException e) {
            throw new RunFailedException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static List<Map<String, Pending>> split(Map<String, Pending> tensors, long shardBytes) {
        List<Map<String, Pending>> shards = new ArrayList<>();
        Map<String, Pending> current = new LinkedHashMap<>();
        shards.add(current);
        long filled = 0;
        for (var entry : tensors.entrySet()) {
            long size = entry.getValue().bytes();
            if (filled > 0 && filled + size > shardBytes) {
                current = new LinkedHashMap<>();
                shards.add(current);
                filled = 0;
            }
            current.put(entry.getKey(), entry.getValue());
            filled += size;
        }
        return shards;
    }

    private static ByteBuffer header(Map<String, Pending> tensors) {
        ObjectNode json = MAPPER.createObjectNode();
        json.putObject("__metadata__").put("format", "pt"); // transformers refuses files without it
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            Pending tensor = entry.getValue();
            ObjectNode info = json.putObject(entry.getKey());
            info.put("dtype", StoredType.of(tensor.dtype).name());
            var shape = info.putArray("shape");
            for (long dim : tensor.shape) {
                shape.add(dim);
            }
            long end = offset + tensor.bytes();
            info.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = JsonMapper.shared().writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8; // data starts aligned, for readers that map the file
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static DType stored(Tensor tensor, @Nullable DType dtype) {
        boolean floating =
                switch (tensor.dtype()) {
                    case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
                    default -> false;
                };
        return dtype != null && floating ? dtype : tensor.dtype();
    }

    private static void writeData(FileChannel channel, Pending tensor) throws IOException {
        try (Scope scope = Scope.open()) {
            Tensor plain =
                    tensor.values.get().detach().to(Device.CPU).to(tensor.dtype).contiguous();
            long total = plain.count() * tensor.dtype.bytes();
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, total));
            for (long done = 0; done < total; done += block.limit()) {
                block.clear().limit((int) Math.min(block.capacity(), total - done));
                plain.readBytes(done, block);
                writeFully(channel, block.flip());
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from);
        }
    }

    private static void remove(Path temporary, Exception cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
