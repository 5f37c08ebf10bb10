package dev.attune.core.data;

import dev.attune.core.data.parquet.ParquetFiles;
import dev.attune.core.io.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Parquet, nested columns included; a row's line is its number from 1. A gzip file is unpacked to a temporary file first. */
record ParquetSource(Path file) implements RawSource {
    @Override
    public void read(RawSink sink) throws IOException {
        if (!Gzip.isGzip(file)) {
            rows(file, sink);
            return;
        }
        Path unpacked = Files.createTempFile("attune", ".parquet");
        try (InputStream in = Gzip.open(file)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            rows(unpacked, sink);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private static void rows(Path parquet, RawSink sink) throws IOException {
        ParquetFiles.read(parquet, (number, row) -> sink.take(RawRow.of(number, Cells.opened(row))));
    }
}
