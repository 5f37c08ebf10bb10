package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the header of a file from its beginning. Nothing is allocated before its bytes are known to be there. */
final class HeaderCursor {
    /** A longer header is refused; that of a vocabulary of 256,000 tokens has about 20 MB. */
    private static final long MAX_HEADER_BYTES = 512L << 20;

    /** A longer string is refused; chat templates have some thousand bytes. */
    private static final long MAX_STRING_BYTES = 64L << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long read;

    HeaderCursor(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        buffer.limit(0);
    }

    /** The offset of the next byte. */
    long position() {
        return read - buffer.remaining();
    }

    /** The bytes from here to the end of the file. */
    long remaining() {
        return size - position();
    }

    int one() throws IOException {
        return need(1).get() & 0xFF;
    }

    int two() throws IOException {
        return need(2).getShort() & 0xFFFF;
    }

    int four() throws IOException {
        return need(4).getInt();
    }

    /** An unsigned 32-bit integer. */
    long unsigned() throws IOException {
        return Integer.toUnsignedLong(four());
    }

    long eight() throws IOException {
        return need(8).getLong();
    }

    /** A number of things that take at least so many bytes each. */
    long count(String what, long leastBytes) throws IOException {
        long count = eight();
        long possible = remaining() / leastBytes;
        if (count < 0 || count > possible) {
            throw invalid(
                    Long.toUnsignedString(count) + " " + what, "at most " + possible + " in the rest of the file");
        }
        return count;
    }

    String text(String what) throws IOException {
        long length = count("bytes of " + what, 1);
        if (length > MAX_STRING_BYTES) {
            throw invalid(length + " bytes of " + what, "at most " + MAX_STRING_BYTES);
        }
        byte[] bytes = new byte[(int) length];
        for (int at = 0; at < bytes.length; ) {
            int part = Math.min(buffer.capacity(), bytes.length - at);
            need(part).get(bytes, at, part);
            at += part;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1); // distinct strings stay distinct
        }
    }

    private ByteBuffer need(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            while (buffer.position() < bytes) {
                int count = channel.read(buffer, read);
                if (count < 0) {
                    throw invalid("the end of the file after " + size + " bytes", "more of the header");
                }
                read += count;
            }
            buffer.flip();
        }
        if (position() + bytes > MAX_HEADER_BYTES) {
            throw invalid("a header beyond " + MAX_HEADER_BYTES + " bytes", "a shorter one");
        }
        return buffer;
    }

    BadInputException invalid(String found, String expected) {
        return BadInputException.at(
                file + ", byte " + position(), found, expected, "fetch or convert the file again: it is damaged");
    }
}
