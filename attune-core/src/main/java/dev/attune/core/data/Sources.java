package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Detects the container of a file and the format of its first rows. */
final class Sources {
    private static final int ROWS_TO_DETECT = 100;

    private Sources() {}

    /** By the file's name, or by its first bytes if the name has no known extension. */
    static Container container(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw BadInputException.at(file.toString(), "a folder", "a file", "name the file inside it");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String start = FileStart.read(file);
        if (start.startsWith("PAR1")) {
            return Container.PARQUET;
        }
        int dot = plain.lastIndexOf('.');
        return switch (dot < 0 ? "" : plain.substring(dot + 1)) {
            case "jsonl", "ndjson" -> lines(start);
            case "json" -> json(start);
            case "csv", "tsv" -> Container.CSV;
            case "parquet" ->
                throw BadInputException.at(file.toString(), "no Parquet data", "Parquet", "check the file or its name");
            default -> byContent(file, start);
        };
    }

    static RawSource open(Path file, Container container) throws IOException {
        return switch (container) {
            case JSONL -> new JsonLinesSource(file);
            case JSON -> JsonSource.open(file);
            case CSV -> CsvSource.open(file);
            case PARQUET -> new ParquetSource(file);
        };
    }

    /** The format that most of the first rows have. */
    static DataFormat detect(Path file, RawSource source) throws IOException {
        FormatDetection detection = new FormatDetection();
        source.read(raw -> {
            if (raw.object() != null) {
                detection.add(raw.object());
            }
            return detection.rows() < ROWS_TO_DETECT;
        });
        return detection.result(file.toString()).orElseThrow(() -> unknown(file, source, detection.keys()));
    }

    static BadInputException unreadable(Path file, IOException e) {
        String found = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
        return BadInputException.at(file.toString(), found, "a readable dataset", "check the path and the file");
    }

    private static BadInputException unknown(Path file, RawSource source, Set<String> keys) {
        if (!keys.isEmpty()) {
            return BadInputException.at(
                    file.toString(),
                    "rows with the keys " + String.join(", ", keys),
                    "keys of one of the formats " + DataFormat.configNames(),
                    "rename the keys");
        }
        return firstFault(file, source);
    }

    /** The error for a file without any object: its first unreadable line, or that it is empty. */
    private static BadInputException firstFault(Path file, RawSource source) {
        RawRow[] first = new RawRow[1];
        try {
            source.read(raw -> {
                first[0] = raw;
                return false;
            });
        } catch (IOException e) {
            return unreadable(file, e);
        }
        RowProblem problem = first[0] == null ? null : first[0].problem();
        return problem == null
                ? BadInputException.at(file.toString(), "no rows", "at least one", "give a file with data")
                : problem.at(file.toString(), first[0].line()).toException();
    }

    /** JSON Lines, unless the first line begins an array of objects or holds only a part of an object. */
    private static Container lines(String start) {
        String line = start.lines().findFirst().orElse("").strip();
        boolean array =
                start.startsWith("[") && start.substring(1).stripLeading().startsWith("{");
        return array || line.equals("{") ? Container.JSON : Container.JSONL;
    }

    /** A file of one object is JSON; of several lines that begin with a whole object, JSON Lines. */
    private static Container json(String start) {
        String line = start.lines().findFirst().orElse("").strip();
        boolean several = start.strip().length() > line.length();
        boolean object = line.startsWith("{") && line.length() > 1 && line.endsWith("}");
        return object && several ? Container.JSONL : Container.JSON;
    }

    private static Container byContent(Path file, String start) {
        if (start.startsWith("{") || start.startsWith("[")) {
            return json(start);
        }
        throw BadInputException.at(
                file.toString(),
                "a name without a known extension and content that is not JSON",
                "JSONL, JSON, CSV or Parquet, gzip or not",
                "give the file its extension");
    }
}
