package dev.attune.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the parser's messages for users: what was found, without the parser's classes, features and advice to
 * programmers.
 */
final class JsonProblem {
    private static final int MAX_LENGTH = 200;
    private static final Map<Pattern, String> PLAIN = new LinkedHashMap<>();

    static {
        plain("Non-standard token '([^']*)'.*", "the token $1, which JSON does not have");
        plain("Unrecognized token '([^']*)'.*", "the word '$1' without quotes");
        plain(
                "Unexpected character \\('(.)' \\(code \\d+.*?\\)\\): maybe a \\(non-standard\\) comment.*",
                "a comment, which JSON does not have");
        plain("Unexpected character \\('(.)' \\(code \\d+.*?\\)\\).*", "the character $1 in the wrong place");
        plain("Unexpected character \\(\\(?CTRL-CHAR, code (\\d+).*", "the control character $1 in the wrong place");
        plain(
                "Illegal unquoted character \\(\\(CTRL-CHAR, code (\\d+).*",
                "the control character $1 inside a text, not escaped");
        plain("Unrecognized character escape (.*?)( \\(code.*)?", "the unknown escape $1");
        plain("Unexpected end-of-input.*", "a value that is not closed");
        plain("Unexpected close marker '(.)'.*", "the bracket $1 in the wrong place");
        plain("Trailing token.*", "more text after the value");
        plain("Duplicate Object property \"(.*)\".*", "the key '$1' twice");
        plain("Invalid numeric value: Leading zeroes.*", "a number with leading zeros");
        plain(
                "Unrecognized property \"(.*?)\" .*?\\(\\d+ known properties: (.*?)\\]?\\).*",
                "the unknown key '$1' (known: $2)");
        plain("Unrecognized property \"(.*?)\".*", "the unknown key '$1'");
        plain("Document nesting depth \\((\\d+)\\).*", "more than $1 levels of nesting");
        plain("String value length \\((\\d+)\\).*", "a text of more than $1 characters");
        plain(
                "Cannot deserialize value of type `?[^` ]*`? from (.*?)( value)?( \\(token.*|: .*|$)",
                "$1 in the place of another type");
    }

    private JsonProblem() {}

    private static void plain(String pattern, String words) {
        PLAIN.put(Pattern.compile(pattern, Pattern.DOTALL), words);
    }

    /** A message of the parser as one line for users. */
    static String describe(String message) {
        String first = message.strip().lines().findFirst().orElse("malformed JSON");
        for (Map.Entry<Pattern, String> plain : PLAIN.entrySet()) {
            Matcher matcher = plain.getKey().matcher(first);
            if (matcher.matches()) {
                return shortened(matcher.replaceFirst(plain.getValue()));
            }
        }
        return shortened(withoutAdvice(first));
    }

    /** Cuts what follows when a message names a feature, a class or a setting of the parser. */
    private static String withoutAdvice(String message) {
        return message.replaceFirst("\\s*[:(,;]?[^:(,;]*(`|Feature|Constraints|enabled?\\b).*", "")
                .strip();
    }

    private static String shortened(String text) {
        String words = text.isBlank() ? "malformed JSON" : text;
        return words.length() <= MAX_LENGTH ? words : words.substring(0, MAX_LENGTH) + "...";
    }
}
