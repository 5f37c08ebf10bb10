package dev.attune.feedback.evaluation;

import dev.attune.core.stats.StatedConfidence;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the confidence that a model stated in a reply. */
final class Percentage {
    private static final Pattern PERCENT = Pattern.compile("\\d+(?:[.]\\d+)?\\s*(?:%|percent)");

    private Percentage() {}

    /** The reply as a number, or the only percentage in it; empty if there is none, or there are several. */
    static OptionalDouble stated(String reply) {
        OptionalDouble whole = StatedConfidence.parse(reply.strip().replaceAll("[.]$", ""));
        if (whole.isPresent()) {
            return whole;
        }
        Matcher percent = PERCENT.matcher(reply);
        if (!percent.find()) {
            return OptionalDouble.empty();
        }
        String first = percent.group();
        return percent.find() ? OptionalDouble.empty() : StatedConfidence.parse(first.replace("percent", "%"));
    }
}
