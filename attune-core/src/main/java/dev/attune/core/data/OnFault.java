package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import java.util.Locale;

/** What happens to rows that parse but cannot be used as they are. Lines that do not parse always fail. */
public enum OnFault {
    /** Left out and counted. */
    DROP,
    /** Used all the same where a row can be made of them, and counted; left out where none can. */
    KEEP,
    /** The first one ends the reading. */
    FAIL;

    /** Reads the word that recipes use. */
    public static OnFault parse(String word) {
        for (OnFault value : values()) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        throw BadInputException.at("on_fault", "'" + word + "'", "drop, keep or fail", "write one of the three");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
