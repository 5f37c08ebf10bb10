package dev.attune.core.data;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** Handling of rows that parse but have a fault. Lines that do not parse always fail. */
public enum OnFault implements ConfigNamed {
    /** Leaves such rows out and counts them. */
    DROP,
    /** Uses and counts such rows if they can be parsed, otherwise leaves them out. */
    KEEP,
    /** Ends with an error at the first such row. */
    FAIL;

    /** Reads {@link #configName()}. */
    public static OnFault parse(String configName) {
        return ConfigNamed.parse(OnFault.class, "on_fault", configName);
    }

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return configName();
    }
}
