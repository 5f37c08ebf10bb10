package dev.attune.core.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * An append-only log of lines: each append is one write that ends in a line feed. An unfinished last line, left by a
 * killed process, is removed when the log is opened. Safe for use from several threads.
 */
public final class LineLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private LineLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens for appending; creates the file if it is missing and cuts off an unfinished last line. */
    public static LineLog open(Path file) throws IOException {
        if (Files.exists(file)) {
            cutBack(file, line -> true);
        }
        return new LineLog(
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /**
     * Keeps the lines before the first one that is unfinished or that {@code keep} refuses, and cuts off the rest.
     *
     * @param keep sees each line without its line feed
     * @return how many lines are left
     */
    public static long cutBack(Path file, Predicate<String> keep) throws IOException {
        long end = 0;
        long lines = 0;
        try (LineScanner scanner = new LineScanner(Files.newInputStream(file))) {
            while (scanner.next() && scanner.complete() && keep.test(scanner.text())) {
                end = scanner.end();
                lines++;
            }
        }
        if (end < Files.size(file)) {
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                access.setLength(end);
                access.getFD().sync();
            }
        }
        return lines;
    }

    /** Appends one line; {@code line} holds no line feed. */
    public synchronized void append(String line) throws IOException {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line of a log holds no line feed");
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw WriteFailures.at(file, e);
        }
    }

    /** Forces what was appended to the disk. */
    public synchronized void force() throws IOException {
        channel.force(false);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
