package dev.attune.core.data;

import dev.attune.core.text.Worded;
import java.util.Locale;

/** Handling of rows that parse but have a fault. Lines that do not parse always fail. */
public enum OnFault implements Worded {
    /** Left out and counted. */
    DROP,
    /** Used and counted if a row can be made of them, otherwise left out. */
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
