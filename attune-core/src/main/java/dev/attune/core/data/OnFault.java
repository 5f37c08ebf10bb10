package dev.attune.core.data;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** Handling of rows that parse but have a fault. Lines that do not parse always fail. */
public enum OnFault implements ConfigNamed {
    /** Left out and counted. */
    DROP,
    /** Used and counted if a row can be made of them, otherwise left out. */
    KEEP,
    /** The first one ends the reading. */
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
