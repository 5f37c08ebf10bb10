package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file whose columns the caller names.
 *
 * @param line in the file, from 1; in Parquet, the row
 * @param columns JSON values by name
 */
public record NamedRow(String file, long line, Map<String, @Nullable Object> columns) {
    /** The column of files with a text a line. */
    public static final String LINE = "prompt";

    /**
     * The text of a column; numbers and truth values are texts too.
     *
     * @throws BadInputException if it is missing or no text
     */
    public String text(String column) {
        return optionalText(column)
                .orElseThrow(() -> BadInputException.at(
                        place(), "no text in the column '" + column + "'", "one of " + named(), "name the column"));
    }

    /** The text of a column; empty if it is missing, null or a blank text. */
    public Optional<String> optionalText(String column) {
        Object value = columns.get(column);
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        return plain ? Optional.of(String.valueOf(value)).filter(text -> !text.isBlank()) : Optional.empty();
    }

    /** {@code FILE:LINE}, for messages. */
    public String place() {
        return file + ":" + line;
    }

    private String named() {
        return columns.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /** Whether a file is read as a text a line, by its name. */
    static boolean isText(String name) {
        return List.of(".txt", ".text").stream()
                .anyMatch(end -> name.toLowerCase(Locale.ROOT).endsWith(end));
    }
}
