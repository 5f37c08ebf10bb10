package dev.attune.core.data;

import dev.attune.core.text.Worded;
import java.util.Locale;

/** What happens to rows that parse but cannot be used as they are. Lines that do not parse always fail. */
public enum OnFault implements Worded {
    /** Left out and counted. */
    DROP,
    /** Used all the same where a row can be made of them, and counted; left out where none can. */
    KEEP,
    /** The first one ends the reading. */
    FAIL;

    /** Reads {@link #word()}. */
    public static OnFault parse(String word) {
        return Worded.parse(OnFault.class, "on_fault", word);
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
