package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A verdict behind a word and a colon: {@code GRADE: C}, {@code Rating: 4}. Case does not matter. */
public record Keyword(String word) implements Form {
    private static final String MARKUP = "[*_`\"'~]*";
    private static final Pattern BEFORE_LABEL =
            Pattern.compile("^(?:\\\\boxed\\{|[\\s*_`\"'~\\[({<$]|\\\\)*", Pattern.CASE_INSENSITIVE);

    public Keyword {
        if (!word.matches("[\\p{L}\\p{N} ]+")) {
            throw new IllegalArgumentException("the word before a verdict is '" + word + "'");
        }
    }

    @Override
    public <T> Found<T> find(String text, Values<T> values) {
        Matcher matcher = pattern().matcher(text);
        int end = -1;
        while (matcher.find()) {
            end = matcher.end();
        }
        if (end < 0) {
            return Found.nothing(UnscoredReason.NO_VERDICT, "no '" + word + ": '");
        }
        String rest = text.substring(end);
        String label = BEFORE_LABEL.matcher(rest).replaceFirst("");
        return label.isBlank()
                ? Found.nothing(UnscoredReason.CUT_OFF, "nothing after the last '" + word + ":'")
                : values.leading(label);
    }

    private Pattern pattern() {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_])" + Words.pattern(word) + MARKUP + "\\s{0,3}[:=]" + MARKUP,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    @Override
    public String written(String label) {
        return word + ": " + label;
    }
}
