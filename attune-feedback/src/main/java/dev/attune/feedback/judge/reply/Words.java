package dev.attune.feedback.judge.reply;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of labels inside sentences. */
final class Words {
    private static final Pattern PRONOUN = Pattern.compile(
            "^(?:'(?:m|d|ll|ve)\\b|\\s+(?:am|would|will|think|believe|feel|give|rate|say|guess|find|choose|pick|prefer|see"
                    + "|can|can't|cannot|could|do|don't|have|must|should|was|want)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD_FOLLOWS = Pattern.compile("^\\s+\\p{Ll}");

    private Words() {}

    /** A pattern of a spelling with any blanks between its words. */
    static String pattern(String spelling) {
        return Stream.of(spelling.split(" ")).map(Pattern::quote).collect(Collectors.joining("[\\s_]+"));
    }

    /** Whether a letter is the pronoun I or the article a and not a label. */
    static boolean isPronounOrArticle(String letter, String rest) {
        String lower = letter.toLowerCase(Locale.ROOT);
        return (lower.equals("i") && PRONOUN.matcher(rest).find())
                || (letter.equals("a") && WORD_FOLLOWS.matcher(rest).find());
    }
}
