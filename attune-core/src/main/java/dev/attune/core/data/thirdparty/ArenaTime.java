package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The time of a battle: {@code tstamp}, in seconds since 1970. */
final class ArenaTime {
    private static final double MAX_SECONDS = 253_402_300_799.0;

    private ArenaTime() {}

    /** In ISO-8601; null if it is missing or invalid. */
    static @Nullable JsonNode of(RowKeys row) {
        JsonNode seconds = row.object().get("tstamp");
        if (seconds == null || !seconds.isNumber()) {
            return null;
        }
        double value = seconds.doubleValue();
        if (!(value >= 0 && value <= MAX_SECONDS)) {
            return null;
        }
        row.use("tstamp");
        return StringNode.valueOf(Instant.ofEpochMilli(Math.round(value * 1000)).toString());
    }
}
