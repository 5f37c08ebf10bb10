package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Files into sources: how their rows are stored, and which format the first rows tell. */
final class Sources {
    private static final int ROWS_TO_DETECT = 100;

    private Sources() {}

    /** By the file's name; where that says nothing, by its first bytes. */
    static Container container(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw BadInputException.at(file.toString(), "a folder", "a file", "name the file inside it");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String start = start(file);
        if (start.startsWith("PAR1")) {
            return Container.PARQUET;
        }
        int dot = plain.lastIndexOf('.');
        return switch (dot < 0 ? "" : plain.substring(dot + 1)) {
            case "jsonl", "ndjson" -> Container.JSONL;
            case "json" -> json(start);
            case "csv" -> Container.CSV;
            case "parquet" ->
                throw BadInputException.at(file.toString(), "no Parquet data", "Parquet", "check the file or its name");
            default -> byContent(file, start);
        };
    }

    static RawSource open(Path file, Container container) {
        return switch (container) {
            case JSONL -> new JsonLinesSource(file);
            case JSON -> new JsonSource(file);
            case CSV -> new CsvSource(file);
            case PARQUET -> new ParquetSource(file);
        };
    }

    /** The format that most of the first rows tell. */
    static DataFormat detect(Path file, RawSource source) throws IOException {
        Map<DataFormat, Integer> votes = new EnumMap<>(DataFormat.class);
        Set<String> keys = new TreeSet<>();
        int[] seen = {0};
        source.read(raw -> {
            if (raw.object() != null) {
                seen[0]++;
                keys.addAll(raw.object().propertyNames());
                DataFormat format = RowParser.detect(raw.object());
                if (format != null) {
                    votes.merge(format, 1, Integer::sum);
                }
            }
            return seen[0] < ROWS_TO_DETECT;
        });
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> unknown(file, source, keys));
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
                    "keys of one of the formats " + DataFormat.words(),
                    "rename the keys");
        }
        return firstFault(file, source);
    }

    /** Why a file has no object at all: its first unreadable place, or that it is empty. */
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

    private static Container json(String start) {
        if (start.startsWith("[")) {
            return Container.JSON;
        }
        String line = start.lines().findFirst().orElse("").strip();
        boolean objectOnOneLine = line.length() > 1 && (line.endsWith("}") || start.length() == line.length());
        return objectOnOneLine ? Container.JSONL : Container.JSON;
    }

    private static Container byContent(Path file, String start) {
        if (start.startsWith("{")) {
            return Container.JSONL;
        }
        if (start.startsWith("[")) {
            return Container.JSON;
        }
        throw BadInputException.at(
                file.toString(),
                "a name and content that tell no format",
                "JSONL, JSON, CSV or Parquet, gzip or not",
                "give the file its extension");
    }

    /** The first characters after a byte order mark and blanks. */
    private static String start(Path file) throws IOException {
        try (InputStream in = Gzip.open(file)) {
            String text = new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8);
            return (text.startsWith("\ufeff") ? text.substring(1) : text).stripLeading();
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new IOException("gzip data that breaks off", e);
        }
    }
}
