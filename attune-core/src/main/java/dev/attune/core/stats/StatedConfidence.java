package dev.attune.core.stats;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a confidence that a model stated as a number. */
public final class StatedConfidence {
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*(%?)");

    private StatedConfidence() {}

    /**
     * The probability: "100%" is 1, "0%" is 0, "85 %" and "0.85" are 0.85. Empty for other text and for values outside
     * [0, 1]: 85 without a percent sign is on an unknown scale.
     */
    public static OptionalDouble parse(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
        return value <= 1 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
