package dev.attune.core.data.raw;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists and dicts as Python prints them, for example in the cells of a CSV file that pandas wrote: quotes of both
 * kinds, {@code None}, {@code True}, {@code False}, tuples. Items of NumPy arrays have no commas between them, so
 * commas between items are optional, and {@code array(..., dtype=object)} is the list inside it.
 */
public final class PythonLiteral {
    private static final int DEEPEST = 200;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** The value that a text holds; empty if the text is not a literal. */
    public static Optional<JsonNode> parse(String text) {
        PythonLiteral parser = new PythonLiteral(text);
        try {
            JsonNode value = parser.value();
            parser.skipBlanks();
            return parser.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Thrown at the first character that fits no literal. Has no stack trace. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    private JsonNode value() {
        skipBlanks();
        char c = peek();
        if (c == '[' || c == '(') {
            return list(c == '[' ? ']' : ')');
        }
        if (c == '{') {
            return dict();
        }
        if (c == '\'' || c == '"') {
            return NODES.stringNode(quoted(c));
        }
        return Character.isLetter(c) ? configName() : number();
    }

    private ArrayNode list(char close) {
        enter();
        ArrayNode list = NODES.arrayNode();
        while (!closes(close)) {
            list.add(value());
            separator(close);
        }
        depth--;
        return list;
    }

    private ObjectNode dict() {
        enter();
        ObjectNode dict = NODES.objectNode();
        while (!closes('}')) {
            JsonNode key = value();
            skipBlanks();
            expect(':');
            if (key.isContainer()) {
                throw new Malformed();
            }
            dict.set(key.asString(), value());
            skipBlanks();
            if (peek() != '}') {
                expect(',');
            }
        }
        depth--;
        return dict;
    }

    private void enter() {
        at++;
        if (++depth > DEEPEST) {
            throw new Malformed();
        }
    }

    private boolean closes(char close) {
        skipBlanks();
        if (peek() != close) {
            return false;
        }
        at++;
        return true;
    }

    /** A comma, or a blank, or nothing before the closing bracket. */
    private void separator(char close) {
        int before = at;
        skipBlanks();
        if (peek() == ',') {
            at++;
        } else if (peek() != close && at == before) {
            throw new Malformed();
        }
    }

    private String quoted(char quote) {
        StringBuilder string = new StringBuilder();
        at++;
        while (peek() != quote) {
            char c = text.charAt(at++);
            if (c == '\\') {
                PythonEscape escape = PythonEscape.at(text, at).orElseThrow(Malformed::new);
                string.append(escape.text());
                at += escape.length();
            } else {
                string.append(c);
            }
        }
        at++;
        return string.toString();
    }

    private JsonNode configName() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String word = text.substring(start, at);
        JsonNode constant = constant(word);
        if (constant != null) {
            return constant;
        }
        if (word.equals("array") && at < text.length() && text.charAt(at) == '(') {
            return array();
        }
        boolean prefixed = word.equals("u") && at < text.length() && (peek() == '\'' || peek() == '"');
        if (!prefixed) {
            throw new Malformed();
        }
        return NODES.stringNode(quoted(peek()));
    }

    private static @Nullable JsonNode constant(String word) {
        return switch (word) {
            case "None", "null" -> NODES.nullNode();
            case "True", "true" -> NODES.booleanNode(true);
            case "False", "false" -> NODES.booleanNode(false);
            case "nan" -> NODES.numberNode(Double.NaN);
            case "inf" -> NODES.numberNode(Double.POSITIVE_INFINITY);
            default -> null;
        };
    }

    private JsonNode array() {
        at++;
        JsonNode value = value();
        while (peek() != ')') {
            at++;
        }
        at++;
        return value;
    }

    private JsonNode number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE_".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at).replace("_", "");
        try {
            boolean whole = digits.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+');
            return whole
                    ? NODES.numberNode(new BigInteger(digits))
                    : NODES.numberNode(new BigDecimal(digits).doubleValue());
        } catch (NumberFormatException e) {
            throw new Malformed();
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new Malformed();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
