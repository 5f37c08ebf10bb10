package dev.attune.feedback.store;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** A person who gives feedback. */
public record Labeler(String id, String name, Role role) {
    /** The role; each role includes the rights of those before it. */
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
