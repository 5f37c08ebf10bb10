package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Builds an INSERT. Names of tables and columns come from this program, never from a user. */
public final class Insert {
    private final String table;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private Insert(String table) {
        this.table = table;
    }

    public static Insert into(String table) {
        return new Insert(table);
    }

    /** @throws BadInputException if it is a text that some databases cannot store */
    public Insert value(String column, @Nullable Object value) {
        if (value instanceof String text) {
            requireText(column, text);
        }
        values.put(column, value);
        return this;
    }

    /** @throws BadInputException if it is a text that some databases cannot store */
    static void requireText(String place, String text) {
        if (text.indexOf('\0') >= 0) {
            throw BadInputException.at(place, "the character U+0000", "text without it", "remove it");
        }
    }

    public void run(Handle handle) {
        handle.createUpdate(sql()).bindMap(values).execute();
    }

    /** Inserts unless a row with the same key exists; returns whether it inserted. */
    public boolean unlessThere(Handle handle) {
        return handle.createUpdate(sql() + " ON CONFLICT DO NOTHING")
                        .bindMap(values)
                        .execute()
                > 0;
    }

    String table() {
        return table;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    String sql() {
        String columns = String.join(", ", values.keySet());
        String places = values.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + places + ")";
    }
}
