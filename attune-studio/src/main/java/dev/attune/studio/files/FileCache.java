package dev.attune.studio.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the files that were asked for last, as long as they do not change.
 *
 * @param <V> what is read from a file
 */
public final class FileCache<V> {
    private static final int KEPT = 8;

    private final Reader<V> reader;
    private final Map<Path, Kept<V>> recent = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Kept<V>(Optional<FileStamp> stamp, V value) {}

    /** Reads a file. */
    @FunctionalInterface
    public interface Reader<V> {
        /** @param before what was read before the file changed; null if it was not read yet */
        V read(Path file, @Nullable V before) throws IOException;
    }

    public FileCache(Reader<V> reader) {
        this.reader = reader;
    }

    /** What the file holds; also asked for a file that is missing. */
    public synchronized V of(Path file) {
        try {
            Optional<FileStamp> stamp = FileStamp.of(file);
            Kept<V> known = recent.get(file);
            if (known != null && known.stamp().equals(stamp)) {
                return known.value();
            }
            V value = reader.read(file, known == null ? null : known.value());
            recent.put(file, new Kept<>(stamp, value));
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
