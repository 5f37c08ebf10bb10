package dev.attune.studio.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log. */
public final class LogTail {
    private static final int MAX_BYTES = 64 * 1024;

    private LogTail() {}

    /** The last lines, without reading the rest; empty if there is no file. */
    public static String of(Path file, int lines) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - MAX_BYTES);
            log.seek(from);
            byte[] bytes = new byte[MAX_BYTES];
            int length = 0;
            for (int read = 0; read >= 0 && length < MAX_BYTES; read = log.read(bytes, length, MAX_BYTES - length)) {
                length += read; // it may be truncated meanwhile
            }
            List<String> all =
                    new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
