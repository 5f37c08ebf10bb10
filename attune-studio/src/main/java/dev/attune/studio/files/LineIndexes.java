package dev.attune.studio.files;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * The indexes of the files that were asked for last. A file that has grown is read on from where it ended.
 *
 * @param <T> the record of a line
 * @param <O> its outline
 */
public final class LineIndexes<T, O> {
    private final FileCache<LineIndex<T, O>> recent;

    public LineIndexes(Class<T> type, Function<T, O> outline) {
        recent = new FileCache<>(
                (file, before) -> before == null ? LineIndex.of(file, type, outline) : before.refreshed());
    }

    public LineIndex<T, O> of(Path file) {
        return recent.of(file);
    }
}
