package dev.attune.core.text;

import java.util.Objects;

/** One turn of a conversation. Roles are the field's: {@code system}, {@code user}, {@code assistant}, {@code tool}. */
public record Message(String role, String content) {
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    public static Message user(String content) {
        return new Message("user", content);
    }

    public static Message assistant(String content) {
        return new Message("assistant", content);
    }
}
