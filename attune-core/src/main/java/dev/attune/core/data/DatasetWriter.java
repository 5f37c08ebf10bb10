package dev.attune.core.data;

import dev.attune.core.data.parquet.ParquetFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Gzip;
import dev.attune.core.io.LineScanner;
import dev.attune.core.io.WriteFailures;
import dev.attune.core.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes objects as JSONL, JSON, CSV or Parquet, by the file's extension, with gzip if it ends in {@code .gz}; the
 * whole file or nothing. The objects are first written to a temporary JSONL file, to find the columns.
 */
final class DatasetWriter {
    /** Supplies the objects one by one. */
    @FunctionalInterface
    interface Objects {
        void forEach(Consumer<ObjectNode> sink);
    }

    private final Path file;
    private final Map<String, ColumnType> columns = new LinkedHashMap<>();
    private long count;

    private DatasetWriter(Path file) {
        this.file = file;
    }

    /** Writes the file; returns the number of objects. */
    static long write(Path file, Objects objects) {
        DatasetWriter writer = new DatasetWriter(file);
        Container container = container(file);
        try {
            writer.write(container, objects);
        } catch (IOException e) {
            throw new RunFailedException(file + ": could not be written: " + WriteFailures.reason(e), e);
        }
        return writer.count;
    }

    /** The container of the file's extension; an unknown extension is an error. */
    static Container container(Path file) {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        for (Container container : Container.values()) {
            if (name.endsWith("." + container.configName())
                    || (container == Container.JSONL && name.endsWith(".ndjson"))) {
                return container;
            }
        }
        throw BadInputException.at(
                file.toString(),
                "a name without a known extension",
                ".jsonl, .json, .csv or .parquet, and .gz after it if wanted",
                "rename the output");
    }

    private void write(Container container, Objects objects) throws IOException {
        Path lines = Files.createTempFile("attune", ".jsonl");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines), 1 << 16)) {
                objects.forEach(object -> put(out, object));
            }
            if (container == Container.PARQUET) {
                parquet(lines);
            } else {
                AtomicFiles.write(file, raw -> {
                    OutputStream out = Gzip.wrap(file, raw);
                    text(container, lines, out);
                    Gzip.finish(out);
                });
            }
        } finally {
            Files.deleteIfExists(lines);
        }
    }

    private void put(OutputStream out, ObjectNode object) {
        count++;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            columns.merge(field.getKey(), ColumnType.of(field.getValue()), ColumnType::and);
        }
        try {
            out.write((Json.line(object) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void text(Container container, Path lines, OutputStream out) throws IOException {
        if (container == Container.CSV) {
            print(out, CsvCells.line(List.copyOf(columns.keySet())));
        }
        print(out, container == Container.JSON ? "[\n" : "");
        try (LineScanner scanner = new LineScanner(Files.newInputStream(lines))) {
            while (scanner.next()) {
                switch (container) {
                    case CSV -> print(out, CsvCells.line(columns.keySet(), Json.tree(scanner.text())));
                    case JSON -> print(out, scanner.text() + (scanner.number() < count ? ",\n" : "\n"));
                    default -> print(out, scanner.text() + "\n");
                }
            }
        }
        print(out, container == Container.JSON ? "]\n" : "");
    }

    private void parquet(Path lines) throws IOException {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach((name, type) -> types.put(name, type.parquet()));
        Path temporary = Files.createTempFile("attune", ".parquet");
        try {
            ParquetFiles.write(lines, types, temporary);
            AtomicFiles.write(file, raw -> {
                OutputStream out = Gzip.wrap(file, raw);
                Files.copy(temporary, out);
                Gzip.finish(out);
            });
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
