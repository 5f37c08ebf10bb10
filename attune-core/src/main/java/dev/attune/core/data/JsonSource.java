package dev.attune.core.data;

import dev.attune.core.io.Gzip;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An array of objects, or objects one after another, read one at a time. Malformed text ends the reading. */
record JsonSource(Path file) implements RawSource {
    private static final String EXPECTED = "a JSON array of objects";

    @Override
    public void read(RawSink sink) throws IOException {
        long line = 1;
        try (InputStream in = Gzip.open(file);
                JsonParser parser = Json.strict().createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                line = parser.currentTokenLocation().getLineNr();
                boolean bracket = token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY;
                if (!bracket && !sink.take(row(line, parser.readValueAsTree()))) {
                    return;
                }
            }
        } catch (JacksonException e) {
            int at = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            sink.take(RawRow.unreadable(at > 0 ? at : line, Json.reason(e), EXPECTED));
        }
    }

    private static RawRow row(long line, JsonNode tree) {
        return tree instanceof ObjectNode object
                ? RawRow.of(line, object)
                : RawRow.unreadable(line, Fields.describe(tree), EXPECTED);
    }
}
