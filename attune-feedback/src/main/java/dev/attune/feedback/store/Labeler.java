package dev.attune.feedback.store;

import java.util.Locale;

/** Somebody who gives feedback. */
public record Labeler(String id, String name, Role role) {
    /** What one may do; each may do what those before it may. */
    public enum Role {
        LABELER,
        REVIEWER,
        ADMIN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Role of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
