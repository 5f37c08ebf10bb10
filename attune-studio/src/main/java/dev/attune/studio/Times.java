package dev.attune.studio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as pages show them. */
public final class Times {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Times() {}

    /** A minute in UTC. */
    public static String minute(long millis) {
        return MINUTE.format(Instant.ofEpochMilli(millis));
    }
}
