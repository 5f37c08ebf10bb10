package dev.attune.core.text;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} or another role of the chat template
 * @param content the text; empty if the message has none, for example one that only calls tools
 * @param fields all other keys of the message by name, in their order, as JSON values: {@code tool_calls},
 *     {@code reasoning_content}, {@code name}, {@code weight}, ...; chat templates read them
 */
public record Message(
        String role, String content, @JsonAnyGetter Map<String, @Nullable Object> fields) {
    /** The key for a message's weight in the loss: 0 leaves it out. */
    public static final String WEIGHT = "weight";

    @JsonCreator
    public Message(String role, String content, @JsonAnySetter @Nullable Map<String, @Nullable Object> fields) {
        this.role = Objects.requireNonNull(role, "role");
        this.content = Objects.requireNonNull(content, "content");
        this.fields = fields == null || fields.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A message without further fields. */
    public Message(String role, String content) {
        this(role, content, Map.of());
    }

    public static Message user(String content) {
        return new Message("user", content);
    }

    public static Message assistant(String content) {
        return new Message("assistant", content);
    }

    /** False if the message has {@code weight: 0}: training then reads it but does not learn it. */
    @JsonIgnore
    public boolean learned() {
        return !(fields.get(WEIGHT) instanceof Number weight) || weight.doubleValue() != 0;
    }
}
