package dev.attune.langchain4j.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events. Comments and fields other than {@code data} are skipped. */
public final class EventReader {
    private static final String DATA = "data";

    private final Supplier<@Nullable String> lines;

    /** @param lines without their ends; null after the last */
    public EventReader(Supplier<@Nullable String> lines) {
        this.lines = lines;
    }

    /** The data of the next event, its lines joined; null at the end. */
    public @Nullable String next() {
        StringBuilder data = new StringBuilder();
        boolean found = false;
        for (String line = lines.get(); line != null; line = lines.get()) {
            if (line.isEmpty() && found) {
                return data.toString();
            }
            String value = value(line);
            if (value != null) {
                data.append(found ? "\n" : "").append(value);
                found = true;
            }
        }
        return found ? data.toString() : null;
    }

    /** Of a data line; one space after the colon belongs to the format, further ones to the value. */
    private static @Nullable String value(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        if (!name.equals(DATA)) {
            return null;
        }
        String value = colon < 0 ? "" : line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
