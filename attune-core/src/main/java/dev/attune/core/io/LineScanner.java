package dev.attune.core.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines as bytes, so that a line that is not UTF-8 does not affect the others. Lines end at a line feed; a carriage return
 * before it and a byte order mark at the start of the file are not part of them.
 */
public final class LineScanner implements AutoCloseable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long number;
    private long end;
    private boolean complete;

    public LineScanner(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end of the file. */
    public boolean next() throws IOException {
        line.reset();
        complete = false;
        while (!complete) {
            if (position == limit && !fill()) {
                break;
            }
            takeUpToLineFeed();
        }
        if (!complete && line.size() == 0) {
            return false;
        }
        number++;
        return true;
    }

    /** The number of the line, from 1. */
    public long number() {
        return number;
    }

    /** The number of bytes of the lines so far, line feeds included. */
    public long end() {
        return end;
    }

    /** Whether the line ended in a line feed. */
    public boolean complete() {
        return complete;
    }

    /** Whether the line holds nothing but blanks, tabs and its carriage return. */
    public boolean blank() {
        byte[] bytes = line.toByteArray();
        for (int i = start(bytes); i < bytes.length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The line as text; bytes that are not UTF-8 become replacement characters. */
    public String text() {
        byte[] bytes = line.toByteArray();
        int start = start(bytes);
        return new String(bytes, start, stop(bytes) - start, StandardCharsets.UTF_8);
    }

    /** The line as text; throws if its bytes are not UTF-8. */
    public String strictText() throws CharacterCodingException {
        byte[] bytes = line.toByteArray();
        int start = start(bytes);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, stop(bytes) - start))
                .toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private void takeUpToLineFeed() {
        int from = position;
        while (position < limit && buffer[position] != '\n') {
            position++;
        }
        line.write(buffer, from, position - from);
        end += position - from;
        if (position < limit) {
            position++;
            end++;
            complete = true;
        }
    }

    private int start(byte[] bytes) {
        boolean mark = number == 1
                && bytes.length >= 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    private static int stop(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    }
}
