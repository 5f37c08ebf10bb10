package dev.attune.core.data;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Formats lines of RFC 4180; lists and objects become JSON in a cell, null becomes an empty cell. */
final class CsvCells {
    private CsvCells() {}

    static String line(Collection<String> cells) {
        return cells.stream().map(CsvCells::quoted).collect(Collectors.joining(",")) + "\r\n";
    }

    static String line(Collection<String> columns, JsonNode object) {
        return columns.stream().map(column -> quoted(text(object.get(column)))).collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && !text.isEmpty()
                && text.equals(text.strip());
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
