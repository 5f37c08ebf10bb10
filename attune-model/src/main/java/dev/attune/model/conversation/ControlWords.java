package dev.attune.model.conversation;

import dev.attune.core.text.TextSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The special words of a tokenizer. Finds them in texts as the tokenizer does: leftmost first, then longest. */
final class ControlWords {
    private final Map<Character, List<String>> byFirst = new HashMap<>();
    private final Set<Integer> borders = new HashSet<>();

    ControlWords(Collection<String> words) {
        for (String word : words) {
            byFirst.computeIfAbsent(word.charAt(0), first -> new ArrayList<>()).add(word);
            borders.add(word.codePointAt(0));
            borders.add(word.codePointBefore(word.length()));
        }
        byFirst.values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).reversed()));
    }

    boolean isEmpty() {
        return byFirst.isEmpty();
    }

    /** Whether a special word begins or ends with this character. */
    boolean isBorder(int codePoint) {
        return borders.contains(codePoint);
    }

    /** The special words in a text, in order. */
    List<TextSpan> find(String text) {
        List<TextSpan> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int length = lengthAt(text, at);
            if (length > 0) {
                found.add(new TextSpan(at, at + length));
            }
            at += Math.max(1, length);
        }
        return found;
    }

    private int lengthAt(String text, int at) {
        for (String word : byFirst.getOrDefault(text.charAt(at), List.of())) {
            if (text.startsWith(word, at)) {
                return word.length();
            }
        }
        return 0;
    }
}
