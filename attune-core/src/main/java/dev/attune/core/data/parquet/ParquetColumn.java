package dev.attune.core.data.parquet;

import dev.attune.core.data.raw.ColumnValue;
import dev.attune.core.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A column of a Parquet file.
 *
 * @param name as the file has it
 * @param alias the name in the query
 * @param type in SQL
 */
record ParquetColumn(String name, String alias, String type) {
    private static final Set<String> JSON_TYPES = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "JSON",
            "UUID",
            "NULL",
            "\"NULL\"");
    private static final Pattern NESTED = Pattern.compile("(STRUCT|MAP|UNION)\\(.*|.*\\[\\d*]", Pattern.DOTALL);

    /** The column in a SELECT: as text, or as JSON if its type has a counterpart there. */
    String selected() {
        return asJson() ? "CAST(to_json(" + alias + ") AS VARCHAR)" : "CAST(" + alias + " AS VARCHAR)";
    }

    private boolean asJson() {
        return JSON_TYPES.contains(type)
                || type.startsWith("DECIMAL")
                || NESTED.matcher(type).matches();
    }

    /** The value of the current row; types that JSON lacks become a {@link ColumnValue}. */
    JsonNode value(ResultSet row, int index) throws SQLException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        String text = row.getString(index);
        if (text == null) {
            return nodes.nullNode();
        }
        if (type.equals("VARCHAR") || type.startsWith("ENUM")) {
            return nodes.stringNode(text);
        }
        try {
            return asJson() ? Json.dataTree(text) : nodes.pojoNode(new ColumnValue(type, text));
        } catch (JacksonException e) {
            return nodes.pojoNode(new ColumnValue(type, text));
        }
    }
}
