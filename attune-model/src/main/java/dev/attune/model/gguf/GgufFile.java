package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Device;
import dev.attune.model.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

/**
 * An open GGUF file. The header is read and checked when it opens; data is read tensor by tensor on request, in pieces,
 * at 64-bit offsets.
 */
public final class GgufFile implements AutoCloseable {
    /** The usual ending of the files' names. */
    public static final String ENDING = ".gguf";

    /** Values that are decoded at once, a multiple of every block. */
    static final int PIECE = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final GgufHeaderReader.Header header;

    private GgufFile(Path file, FileChannel channel, GgufHeaderReader.Header header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @throws BadInputException if it is missing, damaged, or in a format that Attune does not read
     */
    public static GgufFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString(), "no such file", "a GGUF file", "check the path");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            GgufFile open = new GgufFile(file, channel, GgufHeaderReader.read(file, channel));
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

    /** The metadata. */
    public Metadata metadata() {
        return header.metadata();
    }

    /** All tensors by their names, in the order of the header. */
    public Map<String, GgufTensor> tensors() {
        return Collections.unmodifiableMap(header.tensors());
    }

    /**
     * A tensor in float32 on the CPU, in the shape of its entry; belongs to the open scope.
     *
     * @throws BadInputException if there is no such tensor, or the file has become shorter
     */
    public Tensor read(String name) {
        GgufTensor info = info(name);
        return read(info, info.offset(), info.dims(), info.count());
    }

    /** One entry of a tensor's first dimension, which is removed; belongs to the open scope. */
    public Tensor read(String name, int index) {
        GgufTensor info = info(name);
        long[] dims = info.dims();
        long count = info.count() / dims[0];
        long offset = info.offset() + index * info.format().bytes(count);
        return read(info, offset, Arrays.copyOfRange(dims, 1, dims.length), count);
    }

    /** The entry of a tensor. */
    public GgufTensor info(String name) {
        GgufTensor info = header.tensors().get(name);
        if (info == null) {
            throw BadInputException.at(
                    file.toString(), "no tensor " + name, "one with that name", "convert the model to GGUF again");
        }
        return info;
    }

    private Tensor read(GgufTensor info, long offset, long[] dims, long total) {
        Tensor tensor = Tensor.empty(DType.FLOAT32, Device.CPU, dims);
        BlockFormat format = info.format();
        int piece = (int) Math.min(PIECE, total);
        ByteBuffer stored = little((int) format.bytes(piece));
        ByteBuffer decoded = ByteBuffer.allocate(4 * piece).order(ByteOrder.nativeOrder());
        float[] values = new float[piece];
        for (long done = 0; done < total; done += piece) {
            int count = (int) Math.min(piece, total - done);
            fill(stored.clear().limit((int) format.bytes(count)), offset + format.bytes(done));
            format.decode(stored, values, count);
            decoded.clear();
            decoded.asFloatBuffer().put(values, 0, count);
            tensor.writeBytes(4 * done, decoded.limit(4 * count));
        }
        return tensor;
    }

    /** Whether two tensors have the same shape, format and data. */
    public boolean sameData(String first, String second) {
        GgufTensor one = info(first);
        GgufTensor other = info(second);
        if (!one.shape().equals(other.shape()) || one.format() != other.format()) {
            return false;
        }
        ByteBuffer left = little((int) Math.min(1 << 20, one.bytes()));
        ByteBuffer right = little(left.capacity());
        for (long done = 0; done < one.bytes(); done += left.capacity()) {
            int count = (int) Math.min(left.capacity(), one.bytes() - done);
            fill(left.clear().limit(count), one.offset() + done);
            fill(right.clear().limit(count), other.offset() + done);
            if (!left.flip().equals(right.flip())) {
                return false;
            }
        }
        return true;
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void fill(ByteBuffer into, long position) {
        try {
            long at = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw BadInputException.at(
                            file.toString(), "the end after " + at + " bytes", "more data", "fetch the file again");
                }
                at += count;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static BadInputException unreadable(Path file, IOException e) {
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
