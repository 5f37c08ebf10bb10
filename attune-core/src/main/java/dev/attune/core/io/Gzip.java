package dev.attune.core.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files that may be gzip: recognised by their first two bytes when read, by their name when written. */
public final class Gzip {
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /** The bytes of a file, decompressed if it is gzip. */
    public static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return startsWithMagic(raw) ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    public static boolean isGzip(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 16)) {
            return startsWithMagic(in);
        }
    }

    public static boolean namesGzip(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** Wraps a stream for a file of this name. */
    public static OutputStream wrap(Path file, OutputStream out) throws IOException {
        return namesGzip(file) ? new GZIPOutputStream(out, BUFFER) : out;
    }

    /** Ends the compression, if there is any, and flushes; the stream below stays open. */
    public static void finish(OutputStream wrapped) throws IOException {
        if (wrapped instanceof GZIPOutputStream gzip) {
            gzip.finish();
        }
        wrapped.flush();
    }

    private static boolean startsWithMagic(InputStream in) throws IOException {
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == 0x1f && second == 0x8b;
    }
}
