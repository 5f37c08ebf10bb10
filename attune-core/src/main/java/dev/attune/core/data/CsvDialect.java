package dev.attune.core.data;

import dev.attune.core.io.Gzip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the cells of a file are separated.
 *
 * @param separator the character between cells
 * @param declared whether the first line is Excel's {@code sep=;} and the header follows it
 */
record CsvDialect(char separator, boolean declared) {
    private static final String DECLARATION = "sep=";
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final Map<Character, String> NAMES =
            Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "bars");
    private static final Set<String> COLUMNS = Stream.of(
                    Fields.PROMPT, Fields.COMPLETION, Fields.CHOSEN, Fields.REJECTED, Fields.TURNS)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Detects the separator: the one with the most known columns in the header, then the one with the most columns,
     * otherwise a comma.
     */
    static CsvDialect of(Path file) throws IOException {
        String first = firstLine(file);
        if (first.startsWith(DECLARATION) && first.length() == DECLARATION.length() + 1) {
            return new CsvDialect(first.charAt(DECLARATION.length()), true);
        }
        char best = ',';
        int bestScore = 0;
        for (char separator : SEPARATORS) {
            int score = score(file, separator);
            if (score > bestScore) {
                best = separator;
                bestScore = score;
            }
        }
        return new CsvDialect(best, false);
    }

    /** Notes for reports if the separator is not a comma. */
    List<String> notes() {
        return separator == ','
                ? List.of()
                : List.of("cells separated by " + NAMES.getOrDefault(separator, "'" + separator + "'"));
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = reader(file)) {
            String line = reader.readLine();
            return line == null ? "" : line.startsWith("\ufeff") ? line.substring(1) : line;
        }
    }

    private static int score(Path file, char separator) throws IOException {
        try (BufferedReader reader = reader(file)) {
            CsvScanner scanner = new CsvScanner(reader, separator);
            if (!scanner.next()) {
                return 0;
            }
            List<String> cells = scanner.cells();
            long known =
                    cells.stream().map(String::strip).filter(COLUMNS::contains).count();
            return (int) known * 1000 + Math.min(cells.size(), 999);
        }
    }

    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(Gzip.open(file), StandardCharsets.UTF_8), 1 << 16);
    }
}
