package dev.attune.core.data.raw;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The roles that public files name their speakers by: {@code human} is the user, {@code gpt} the assistant. */
public final class SpeakerRoles {
    /** A speaker of tool calls, which is the assistant. */
    public static final String FUNCTION_CALL = "function_call";

    public static final String ASSISTANT = "assistant";

    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("system", "system"),
            Map.entry("developer", "developer"),
            Map.entry("user", "user"),
            Map.entry("human", "user"),
            Map.entry("prompter", "user"),
            Map.entry(ASSISTANT, ASSISTANT),
            Map.entry("gpt", ASSISTANT),
            Map.entry("chatgpt", ASSISTANT),
            Map.entry("model", ASSISTANT),
            Map.entry("bot", ASSISTANT),
            Map.entry("bing", ASSISTANT),
            Map.entry("bard", ASSISTANT),
            Map.entry(FUNCTION_CALL, ASSISTANT),
            Map.entry("tool", "tool"),
            Map.entry("function", "tool"),
            Map.entry("observation", "tool"));

    private SpeakerRoles() {}

    /** The role of a speaker, in any case of letters; null for an unknown one. */
    public static @Nullable String of(String speaker) {
        return ROLES.get(speaker.toLowerCase(Locale.ROOT));
    }
}
