package dev.attune.studio.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a file that another process adds to: each look reads what is new. A run that goes on from a checkpoint cuts
 * its log back; the file is then read anew.
 */
final class GrowingLog {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long offset;
    private byte[] lastBytes = {};

    GrowingLog(Path file) {
        this.file = file;
    }

    /** All whole lines so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Reads on; tells whether the lines are other ones than before. */
    boolean look() throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            boolean other = !goesOn(access);
            if (other) {
                lines.clear();
                unfinished.reset();
                offset = 0;
            }
            int before = lines.size();
            access.seek(offset);
            byte[] block = new byte[BLOCK];
            for (int read = access.read(block); read > 0; read = access.read(block)) {
                add(block, read);
            }
            remember(access);
            return other || lines.size() > before;
        }
    }

    /** Whether the file still begins with what was read: as far as the bytes before the offset tell. */
    private boolean goesOn(RandomAccessFile access) throws IOException {
        if (access.length() < offset) {
            return false;
        }
        byte[] now = new byte[lastBytes.length];
        access.seek(offset - now.length);
        access.readFully(now);
        return java.util.Arrays.equals(now, lastBytes);
    }

    private void remember(RandomAccessFile access) throws IOException {
        lastBytes = new byte[(int) Math.min(offset, 256)];
        access.seek(offset - lastBytes.length);
        access.readFully(lastBytes);
    }

    private void add(byte[] block, int length) {
        offset += length;
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n') {
                lines.add(unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
            } else {
                unfinished.write(block[i]);
            }
        }
    }
}
