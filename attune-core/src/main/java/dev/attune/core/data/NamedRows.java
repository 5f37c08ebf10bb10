package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads files of any columns: JSONL, JSON, CSV, TSV or Parquet, gzip or not, or a text a line (.txt). */
public final class NamedRows {
    private NamedRows() {}

    /**
     * All rows, in order. Blank lines are skipped.
     *
     * @throws BadInputException for a file without rows, or at the first line that cannot be read
     */
    public static List<NamedRow> read(Path file) {
        try {
            List<NamedRow> rows = NamedRow.isText(String.valueOf(file.getFileName())) ? lines(file) : objects(file);
            if (rows.isEmpty()) {
                throw BadInputException.at(file.toString(), "no rows", "at least one", "give a file with data");
            }
            return rows;
        } catch (IOException e) {
            throw Sources.unreadable(file, e);
        }
    }

    private static List<NamedRow> lines(Path file) throws IOException {
        List<NamedRow> rows = new ArrayList<>();
        long line = 0;
        for (String text : Files.readAllLines(file)) {
            line++;
            if (!text.isBlank()) {
                rows.add(new NamedRow(file.toString(), line, Map.of(NamedRow.LINE, text.strip())));
            }
        }
        return rows;
    }

    private static List<NamedRow> objects(Path file) throws IOException {
        List<NamedRow> rows = new ArrayList<>();
        Sources.open(file, Sources.container(file)).read(raw -> {
            if (raw.problem() != null) {
                throw raw.problem().at(file.toString(), raw.line()).toException();
            }
            if (raw.object() != null) {
                rows.add(new NamedRow(file.toString(), raw.line(), Json.map(raw.object())));
            }
            return true;
        });
        return rows;
    }
}
