package dev.attune.core.data;

import dev.attune.core.io.Gzip;
import dev.attune.core.io.LineScanner;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object per line. A line that does not parse does not affect the others; blank lines are skipped. */
record JsonLinesSource(Path file) implements RawSource {
    private static final String EXPECTED = "a JSON object on one line";

    @Override
    public void read(RawSink sink) throws IOException {
        try (LineScanner lines = new LineScanner(Gzip.open(file))) {
            while (next(lines, sink)) {
                if (!lines.blank() && !sink.take(parse(lines))) {
                    return;
                }
            }
        }
    }

    /** Truncated gzip data is reported at the line where it ends. */
    private static boolean next(LineScanner lines, RawSink sink) {
        try {
            return lines.next();
        } catch (IOException e) {
            sink.take(RawRow.unreadable(lines.number() + 1, "truncated data (" + e.getMessage() + ")", EXPECTED));
            return false;
        }
    }

    private static RawRow parse(LineScanner lines) {
        long line = lines.number();
        try {
            JsonNode tree = Json.dataTree(lines.strictText());
            return tree instanceof ObjectNode object
                    ? RawRow.of(line, Cells.opened(object))
                    : RawRow.unreadable(line, Fields.describe(tree), EXPECTED);
        } catch (CharacterCodingException e) {
            return RawRow.unreadable(line, "bytes that are not UTF-8", EXPECTED);
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            return RawRow.unreadable(line, Json.reason(e) + (column > 0 ? " at column " + column : ""), EXPECTED);
        }
    }
}
