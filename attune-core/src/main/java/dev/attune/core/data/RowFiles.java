package dev.attune.core.data;

import java.nio.file.Path;

/** Writes rows that are in memory as files that {@link Dataset} reads. */
public final class RowFiles {
    private RowFiles() {}

    /** @throws dev.attune.core.error.BadInputException if the file's name has no known extension */
    public static void requireContainer(Path file) {
        DatasetWriter.container(file);
    }

    /**
     * Writes the file as a whole or not at all.
     *
     * @param file by its name JSONL, JSON, CSV or Parquet, gzip or not
     * @return how many rows there were
     */
    public static long write(Path file, Iterable<? extends Row> rows) {
        return DatasetWriter.write(file, sink -> rows.forEach(row -> sink.accept(RowObjects.of(row))));
    }
}
