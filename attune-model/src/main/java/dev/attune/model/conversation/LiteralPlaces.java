package dev.attune.model.conversation;

import dev.attune.core.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** Distinguishes special words that a template wrote from those in the messages. */
final class LiteralPlaces {
    private LiteralPlaces() {}

    /**
     * The special words of a text that the template did not write.
     *
     * @param withPlaceholders the text with placeholders for the contents: the special words in it are the template's
     */
    static List<TextSpan> find(String text, String withPlaceholders, Placeholders placeholders, ControlWords words) {
        List<TextSpan> literal = new ArrayList<>();
        int at = 0;
        int restored = 0;
        for (TextSpan control : words.find(withPlaceholders)) {
            int before = placeholders
                    .restored(withPlaceholders.substring(at, control.start()))
                    .length();
            add(text, restored, restored + before, words, literal);
            restored += before + control.length();
            at = control.end();
        }
        add(text, restored, text.length(), words, literal);
        return List.copyOf(literal);
    }

    private static void add(String text, int from, int to, ControlWords words, List<TextSpan> literal) {
        words.find(text.substring(from, to)).forEach(word -> literal.add(word.shifted(from)));
    }
}
