package dev.attune.feedback.judge.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a JSON object as models write them: comments, Python's literals, single quotes, raw line breaks and quotes in
 * texts, keys without quotes, missing or trailing commas, and a missing end.
 */
final class LenientJson {
    private static final int DEEPEST = 100;

    private final JsonCursor in;
    private int depth;

    private LenientJson(JsonCursor in) {
        this.in = in;
    }

    /**
     * An object in a text.
     *
     * @param end the index after it
     * @param cut whether its end is missing
     */
    record Parsed(JsonValue.Fields fields, int end, boolean cut) {}

    /** The object that begins with the brace at an index; empty if it is none. */
    static Optional<Parsed> objectAt(String text, int at) {
        JsonCursor cursor = new JsonCursor(text, at);
        try {
            JsonValue.Fields fields = new LenientJson(cursor).object();
            return Optional.of(new Parsed(fields, cursor.at(), cursor.hitEnd()));
        } catch (JsonCursor.Malformed e) {
            return Optional.empty();
        }
    }

    /** The text in a JSON string that is the whole reply; empty if it is none. */
    static Optional<String> quotedReply(String text) {
        String reply = text.strip();
        if (!reply.startsWith("\"")) {
            return Optional.empty();
        }
        JsonCursor cursor = new JsonCursor(reply, 0);
        try {
            String inside = cursor.quoted();
            return cursor.hitEnd() || cursor.at() < reply.length() ? Optional.empty() : Optional.of(inside);
        } catch (JsonCursor.Malformed e) {
            return Optional.empty();
        }
    }

    private JsonValue.Fields object() {
        enter();
        JsonValue.Fields fields = new JsonValue.Fields();
        while (!in.closes('}')) {
            String key = key();
            if (in.skipBlanks()) {
                break;
            }
            in.expect(':');
            JsonValue value = in.skipBlanks() ? new JsonValue.Unfinished() : value();
            fields.values().computeIfAbsent(key, absent -> new ArrayList<>()).add(value);
            in.skipComma();
        }
        depth--;
        return fields;
    }

    private String key() {
        char c = in.peek();
        return c == '"' || c == '\'' ? in.quoted() : in.word();
    }

    private JsonValue value() {
        char c = in.peek();
        if (c == '{') {
            return object();
        }
        if (c == '[' || c == '(') {
            return list(c == '[' ? ']' : ')');
        }
        if (c == '"' || c == '\'') {
            String text = in.quoted();
            return in.hitEnd() ? new JsonValue.Unfinished() : new JsonValue.Text(text);
        }
        return scalar(in.word());
    }

    private JsonValue scalar(String word) {
        if (in.atEnd()) {
            in.markEnd();
            return new JsonValue.Unfinished();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (List.of("true", "false").contains(lower)) {
            return new JsonValue.Constant(lower);
        }
        if (List.of("null", "none", "undefined").contains(lower)) {
            return new JsonValue.Constant("null");
        }
        if (List.of("nan", "infinity", "-infinity", "inf", "-inf").contains(lower)) {
            return new JsonValue.Numeric(Double.NaN);
        }
        try {
            return new JsonValue.Numeric(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            if (word.matches("[\\p{L}\\p{N}_]+")) {
                return new JsonValue.Text(word);
            }
            throw new JsonCursor.Malformed();
        }
    }

    private JsonValue list(char close) {
        enter();
        List<JsonValue> items = new ArrayList<>();
        while (!in.closes(close)) {
            items.add(value());
            in.skipComma();
        }
        depth--;
        return in.hitEnd() ? new JsonValue.Unfinished() : new JsonValue.Array(items);
    }

    private void enter() {
        in.skip();
        if (++depth > DEEPEST) {
            throw new JsonCursor.Malformed();
        }
    }
}
