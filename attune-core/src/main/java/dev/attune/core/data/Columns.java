package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/** The columns of a row that no part of it was read from, as plain values. */
final class Columns {
    private Columns() {}

    /** The columns of a row whose keys do not count as used; those with nulls, blank texts or empty lists included. */
    static Map<String, @Nullable Object> unread(RowKeys row) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        row.object().properties().forEach(field -> {
            if (!row.isUsed(field.getKey())) {
                columns.put(field.getKey(), value(field.getValue()));
            }
        });
        return columns;
    }

    /** An unmodifiable copy in the same order; values may be null. */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> columns) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
            return Collections.unmodifiableMap(map);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(item -> list.add(value(item)));
            return Collections.unmodifiableList(list);
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node instanceof POJONode pojo ? String.valueOf(pojo.getPojo()) : node.stringValue();
    }
}
