package dev.attune.feedback.store;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** Somebody who gives feedback. */
public record Labeler(String id, String name, Role role) {
    /** What one may do; each may do what those before it may. */
    public enum Role implements ConfigNamed {
        LABELER,
        REVIEWER,
        ADMIN;

        @Override
        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
