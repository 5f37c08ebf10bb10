package dev.attune.model.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Splits text as the trained tokenizer will, and counts the pieces; merges never cross piece boundaries. */
final class WordCounter {
    /** GPT-2's: a contraction, letters, digits or other signs with one space before them, or white space. */
    private static final Pattern PIECES = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern DIGIT = Pattern.compile("\\p{N}");

    private final @Nullable Pattern specials;
    private final boolean splitDigits;
    private final boolean prefixSpace;
    private final Map<String, long[]> counts = new HashMap<>();

    WordCounter(List<String> specialTokens, boolean splitDigits, boolean prefixSpace) {
        this.specials = specialTokens.isEmpty()
                ? null
                : Pattern.compile(specialTokens.stream()
                        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")));
        this.splitDigits = splitDigits;
        this.prefixSpace = prefixSpace;
    }

    void add(String text) {
        if (specials == null) {
            addPlain(text);
            return;
        }
        Matcher special = specials.matcher(text);
        int from = 0;
        while (special.find()) {
            addPlain(text.substring(from, special.start()));
            from = special.end();
        }
        addPlain(text.substring(from));
    }

    private void addPlain(String given) {
        boolean bare = prefixSpace && !given.isEmpty() && !Character.isWhitespace(given.charAt(0));
        String text = bare ? " " + given : given;
        if (!splitDigits) {
            addPieces(text);
            return;
        }
        Matcher digit = DIGIT.matcher(text);
        int from = 0;
        while (digit.find()) {
            addPieces(text.substring(from, digit.start()));
            count(digit.group());
            from = digit.end();
        }
        addPieces(text.substring(from));
    }

    private void addPieces(String text) {
        Matcher piece = PIECES.matcher(text);
        while (piece.find()) {
            count(piece.group());
        }
    }

    private void count(String word) {
        counts.computeIfAbsent(word, w -> new long[1])[0]++;
    }

    /** The count of each piece, in an order that depends only on the pieces. */
    List<Map.Entry<String, Long>> words() {
        return counts.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()[0]))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }
}
