package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scale of numbers. A number outside it is unscored; it is never moved to the scale's end. {@code N/max} and
 * {@code N out of max} are N if max is this scale's; a percentage counts on scales from 0 to 1 and from 0 to 100. Numbers
 * from zero to ten may be words.
 *
 * @param whole whether only whole numbers count
 */
public record Scale(double min, double max, boolean whole) implements Values<Double> {
    private static final List<String> WORDS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private static final Pattern NUMBER = Pattern.compile("^(?<number>[-+\\u2212]?(?:\\d+(?:[.,]\\d+)?|\\.\\d+)|"
            + String.join("|", WORDS) + ")(?![\\p{L}\\p{N}_]|[.,]\\d)");

    private static final Pattern OUT_OF =
            Pattern.compile("^\\s*(?:/|out of|of)\\s*(\\d+(?:[.,]\\d+)?)(?![\\p{L}\\p{N}])");
    private static final Pattern RANGE = Pattern.compile("^\\s*(?:-|\\u2013|\\u2014|to\\b|or\\b|and\\b)\\s*\\d");

    public Scale {
        if (!(min < max) || !Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException("a scale from " + min + " to " + max);
        }
    }

    /** Whole numbers from {@code min} to {@code max}. */
    public static Scale whole(int min, int max) {
        return new Scale(min, max, true);
    }

    /** All numbers from {@code min} to {@code max}. */
    public static Scale of(double min, double max) {
        return new Scale(min, max, false);
    }

    @Override
    public String expected() {
        return (whole ? "a whole number from " : "a number from ") + plain(min) + " to " + plain(max);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** The number if it is on the scale. */
    public Found<Double> number(double number) {
        boolean inside = number >= min && number <= max && (!whole || number == Math.rint(number));
        return inside ? Found.value(number) : Found.offMenu(Double.isNaN(number) ? "NaN" : plain(number), this);
    }

    @Override
    public Found<Double> whole(String text) {
        return read(Plain.label(text), true).orElseGet(() -> Found.offMenu(text, this));
    }

    @Override
    public Found<Double> leading(String text) {
        return read(text.toLowerCase(Locale.ROOT), false)
                .orElseGet(() -> Found.offMenu(text.lines().findFirst().orElse(""), this));
    }

    private Optional<Found<Double>> read(String text, boolean alone) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        double number = valueOf(matcher.group("number"));
        String rest = text.substring(matcher.end());
        Matcher outOf = OUT_OF.matcher(rest);
        if (outOf.find() && valueOf(outOf.group(1)) == max) {
            return end(number, rest.substring(outOf.end()), alone);
        }
        if (RANGE.matcher(rest).find()) {
            return Optional.of(Found.nothing(UnscoredReason.CONTRADICTORY, "two numbers: " + Plain.shortened(text)));
        }
        if (rest.stripLeading().startsWith("%")) {
            return percentage(number, rest.stripLeading().substring(1), alone);
        }
        return outOf.reset().find() ? Optional.empty() : end(number, rest, alone);
    }

    private Optional<Found<Double>> percentage(double number, String rest, boolean alone) {
        if (min != 0 || (max != 1 && max != 100)) {
            return Optional.empty();
        }
        return end(max == 1 ? number / 100 : number, rest, alone);
    }

    private Optional<Found<Double>> end(double number, String rest, boolean alone) {
        boolean more = alone && !rest.isBlank() && !rest.strip().matches("(?:points?|stars?)?\\W*");
        return more ? Optional.empty() : Optional.of(number(number));
    }

    private static double valueOf(String text) {
        int word = WORDS.indexOf(text);
        return word >= 0 ? word : Double.parseDouble(text.replace('\u2212', '-').replace(',', '.'));
    }
}
