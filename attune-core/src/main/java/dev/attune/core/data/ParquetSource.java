package dev.attune.core.data;

import dev.attune.core.data.parquet.ParquetFiles;
import dev.attune.core.io.Gzip;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.node.ObjectNode;

/** Parquet, nested columns included; a row's line is its number from 1. A gzip file is unpacked aside first. */
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

    private static void rows(Path parquet, RawSink sink) {
        ParquetFiles.read(parquet, (row, json) -> sink.take(RawRow.of(row, Cells.opened(object(json)))));
    }

    private static ObjectNode object(String json) {
        return Json.strict().readValue(json, ObjectNode.class);
    }
}
