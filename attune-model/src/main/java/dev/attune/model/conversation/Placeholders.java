package dev.attune.model.conversation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces parts of the texts of messages by private-use characters, one for each different part, so that they can be
 * distinguished from the same characters written by a template.
 */
final class Placeholders {
    /** Plane 15 is for private use. */
    private static final int FIRST = 0xF0000;

    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final Map<Integer, String> parts = new HashMap<>();

    /** The placeholder for a part of a text. */
    String of(String part) {
        int code = codes.computeIfAbsent(part, missing -> FIRST + codes.size());
        parts.put(code, part);
        return Character.toString(code);
    }

    /** The part that a character replaces, or null. */
    @Nullable
    String part(int codePoint) {
        return parts.get(codePoint);
    }

    /** The text with all placeholders replaced by the original parts. */
    String restored(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String part = parts.get(c);
            if (part == null) {
                out.appendCodePoint(c);
            } else {
                out.append(part);
            }
        });
        return out.toString();
    }

    /** Whether a text contains characters that could be mistaken for placeholders. */
    static boolean occurIn(String text) {
        return text.codePoints().anyMatch(c -> c >= FIRST && c < 0x100000);
    }

    /** A JSON value with all its texts and keys replaced. */
    static @Nullable Object replaceAll(
            @Nullable Object value, UnaryOperator<String> texts, UnaryOperator<String> keys) {
        if (value instanceof String text) {
            return texts.apply(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(keys.apply(String.valueOf(key)), replaceAll(item, texts, keys)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream()
                        .map(item -> replaceAll(item, texts, keys))
                        .collect(Collectors.toCollection(java.util.ArrayList<@Nullable Object>::new))
                : value;
    }
}
