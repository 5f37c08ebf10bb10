package dev.attune.training.run;

import dev.attune.core.io.WriteFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes scalars in TensorBoard's format: TFRecord frames (length, its masked CRC-32C, data, its masked CRC-32C), each
 * an {@code Event} message of the fields wall_time (1), step (2) and summary (5) in that order; the first frame holds
 * the file version (3) instead of a summary.
 */
public final class TensorBoardLog implements AutoCloseable {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int FRAME = 16;
    private final Path file;
    private final FileChannel channel;

    private TensorBoardLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens for appending; a new file gets its version record. */
    public static TensorBoardLog open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        TensorBoardLog log = new TensorBoardLog(file, channel);
        if (channel.size() == 0) {
            log.append(event(0, field(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8))));
        }
        return log;
    }

    /** Appends one event that holds every value of a step under its name. */
    public void write(int step, Map<String, Double> scalars) throws IOException {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
            byte[] tag = field(1, scalar.getKey().getBytes(StandardCharsets.UTF_8));
            byte[] value = new byte[tag.length + 5];
            over(value)
                    .put(tag)
                    .put((byte) (2 << 3 | 5))
                    .putFloat(scalar.getValue().floatValue());
            summary.writeBytes(field(1, value));
        }
        append(event(step, field(5, summary.toByteArray())));
    }

    /** Cuts the file before its first event past {@code lastStep}, and before an incomplete frame. */
    public static void cutBack(Path file, int lastStep) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int end = 0;
        while (content.capacity() - end >= FRAME) {
            long length = content.getLong(end);
            if (length < 0 || length > content.capacity() - end - FRAME || step(content, end + 12) > lastStep) {
                break;
            }
            end += (int) length + FRAME;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void append(byte[] data) throws IOException {
        byte[] bytes = new byte[data.length + FRAME];
        ByteBuffer frame = over(bytes).putLong(data.length);
        frame.putInt(maskedChecksum(bytes, 0, 8));
        frame.put(data).putInt(maskedChecksum(data, 0, data.length)).flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            throw WriteFailures.at(file, e);
        }
    }

    private static byte[] event(int step, byte[] content) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        byte[] time = new byte[9];
        over(time).put((byte) (1 << 3 | 1)).putDouble(System.currentTimeMillis() / 1000.0);
        event.writeBytes(time);
        event.write(2 << 3);
        event.writeBytes(varint(step));
        event.writeBytes(content);
        return event.toByteArray();
    }

    /** The step of the event at {@code offset}, which starts as {@link #event} writes it. */
    private static int step(ByteBuffer content, int offset) {
        int step = 0;
        int shift = 0;
        int at = offset + 10;
        byte part;
        do {
            part = content.get(at++);
            step |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return step;
    }

    /** A length-delimited field. */
    private static byte[] field(int number, byte[] content) {
        byte[] length = varint(content.length);
        byte[] bytes = new byte[1 + length.length + content.length];
        over(bytes).put((byte) (number << 3 | 2)).put(length).put(content);
        return bytes;
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static int maskedChecksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
    }

    private static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
