package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A verdict in double brackets: {@code [[A]]}. */
public record Brackets() implements Form {
    private static final Pattern LABEL = Pattern.compile("\\\\?\\[\\\\?\\[([^\\[\\]]{0,80}?)\\\\?\\]\\\\?\\]");
    private static final Pattern UNFINISHED = Pattern.compile("\\\\?\\[\\\\?\\[[^\\[\\]\\n]{0,40}\\]?$");

    @Override
    public <T> Found<T> find(String text, Values<T> values) {
        if (UNFINISHED.matcher(text.stripTrailing()).find()) {
            return Found.nothing(UnscoredReason.CUT_OFF, "the last label is not closed");
        }
        Matcher matcher = LABEL.matcher(text);
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last == null ? Found.nothing(UnscoredReason.NO_VERDICT, "no [[label]]") : values.whole(last);
    }

    @Override
    public String written(String label) {
        return "[[" + label + "]]";
    }
}
