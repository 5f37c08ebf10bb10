package dev.attune.model.safetensors;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Device;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * One open safetensors file. The header is read and checked when it opens; data is copied tensor by tensor on request,
 * in blocks at 64-bit offsets, so that files of any size can be read. (The file is not memory-mapped, because a mapped
 * file that is truncated crashes the JVM.)
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int BLOCK = 4 << 20;

    private final Path file;
    private final FileChannel channel;
    private final HeaderReader.Header header;

    private SafetensorsFile(Path file, FileChannel channel, HeaderReader.Header header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @throws BadInputException if it is missing, truncated or inconsistent
     */
    public static SafetensorsFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(
                    file.toString(), "no such file", "a safetensors file", "check the path, or fetch the model again");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            SafetensorsFile open = new SafetensorsFile(file, channel, HeaderReader.read(file, channel));
            channel = null;
            return open;
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            closeQuietly(channel);
        }
    }

    /** The path of the file. */
    public Path path() {
        return file;
    }

    /** The tensors' names, in the header's order. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** The metadata in the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The header entry of a tensor. */
    public StoredTensor info(String name) {
        StoredTensor tensor = header.tensors().get(name);
        if (tensor == null) {
            throw BadInputException.at(
                    file.toString(),
                    "no tensor '" + name + "'",
                    "one with that name",
                    "check that this is the right file");
        }
        return tensor;
    }

    /** A tensor on the CPU, in the type it is stored in. */
    public Tensor read(String name) {
        StoredTensor info = info(name);
        DType dtype = info.type().dtype();
        if (dtype == null) {
            throw BadInputException.at(
                    file + ", tensor '" + name + "'",
                    info.type() + " data",
                    "F32, BF16 or F16",
                    "use the model's unquantized checkpoint");
        }
        Tensor tensor = Tensor.empty(dtype, Device.CPU, info.dims());
        copy(info, tensor);
        return tensor;
    }

    /** A weight on the CPU, as float32; it must be stored as F32, BF16 or F16. */
    public Tensor readWeight(String name) {
        StoredTensor info = info(name);
        return switch (info.type()) {
            case F32 -> read(name);
            case BF16, F16 -> {
                Tensor narrow = read(name);
                Tensor wide = narrow.toFloat();
                narrow.close();
                yield wide;
            }
            default ->
                throw BadInputException.at(
                        file + ", tensor '" + name + "'",
                        info.type() + " data",
                        "F32, BF16 or F16",
                        "use the model's unquantized checkpoint");
        };
    }

    private void copy(StoredTensor info, Tensor tensor) {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, info.bytes()));
        try {
            for (long done = 0; done < info.bytes(); done += block.limit()) {
                block.clear().limit((int) Math.min(block.capacity(), info.bytes() - done));
                readFully(channel, info.offset() + done, block, file);
                tensor.writeBytes(done, block.flip());
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    static void readFully(FileChannel channel, long position, ByteBuffer into, Path file) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw BadInputException.at(
                        file.toString(),
                        "the end after " + at + " bytes",
                        "more data",
                        "fetch or write the file again");
            }
            at += count;
        }
    }

    static BadInputException unreadable(Path file, IOException e) {
        return new BadInputException(
                file + ": cannot be read: " + e.getMessage() + "; check the file and its permissions", e);
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // a file opened for reading has nothing to lose
        }
    }
}
