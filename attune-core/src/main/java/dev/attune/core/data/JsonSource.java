package dev.attune.core.data;

import dev.attune.core.io.Gzip;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An array of objects, objects one after another, or an object with the rows under one key. Rows are read one at a time;
 * malformed text ends the reading.
 *
 * @param rowsKey the key that holds the rows; empty if they are at the top
 */
record JsonSource(Path file, String rowsKey) implements RawSource {
    private static final String EXPECTED = "a JSON array of objects";

    /** Opens a file; one that holds columns instead of rows is an error. */
    static JsonSource open(Path file) throws IOException {
        try (InputStream in = Gzip.open(file);
                JsonParser parser = Json.data().createParser(in)) {
            JsonLayout layout = JsonLayout.of(parser);
            layout.requireRows(file.toString());
            return new JsonSource(file, layout.rowsKey());
        } catch (JacksonException e) {
            return new JsonSource(file, "");
        }
    }

    @Override
    public List<String> notes() {
        return rowsKey.isEmpty() ? List.of() : List.of("rows read from the key '" + rowsKey + "'");
    }

    @Override
    public void read(RawSink sink) throws IOException {
        long line = 1;
        try (InputStream in = Gzip.open(file);
                JsonParser parser = Json.data().createParser(in)) {
            if (!rowsKey.isEmpty()) {
                moveToRows(parser);
            }
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                line = parser.currentTokenLocation().getLineNr();
                boolean bracket = token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY;
                if (bracket && token == JsonToken.END_ARRAY && !rowsKey.isEmpty()) {
                    return;
                }
                if (!bracket && !sink.take(row(line, parser.readValueAsTree()))) {
                    return;
                }
            }
        } catch (JacksonException e) {
            int at = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            sink.take(RawRow.unreadable(at > 0 ? at : line, Json.reason(e), EXPECTED));
        }
    }

    /** Stops at the bracket that opens the list of rows. */
    private void moveToRows(JsonParser parser) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(rowsKey);
            parser.nextToken();
            if (found) {
                return;
            }
            parser.skipChildren();
        }
    }

    private static RawRow row(long line, JsonNode tree) {
        return tree instanceof ObjectNode object
                ? RawRow.of(line, Cells.opened(object))
                : RawRow.unreadable(line, Fields.describe(tree), EXPECTED);
    }
}
