package dev.attune.core.reward.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds numbers in text: signs, thousands separated by commas, decimals, exponents, fractions (3/4), mixed numbers
 * (1 1/2), LaTeX fractions. Units, currencies and percent signs around a number do not count. A hyphen is a sign only
 * where no letter, digit or closing bracket precedes it.
 */
final class NumbersInText {
    private static final String UNSIGNED =
            "(?:\\d{1,3}(?:,\\d{3})+(?![\\d])|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,3}(?!\\d))?|\\.\\d+";
    private static final Pattern NUMBER = Pattern.compile("(?<sign>(?<![\\p{L}\\p{N})\\]}])[-+])?\\s?[$€£¥]?(?<first>"
            + UNSIGNED + ")" + "(?: (?<mixed>\\d{1,9})/(?<below>\\d{1,9})(?![\\d/.])| ?/ ?(?<over>" + UNSIGNED + "))?");
    private static final Pattern LATEX_FRACTION =
            Pattern.compile("\\\\[dt]?frac\\s?\\{\\s?([-+\\d.,]{1,40})\\s?\\}\\s?\\{\\s?([\\d.,]{1,40})\\s?\\}");
    private static final int MAX_DIGITS = 200;

    private NumbersInText() {}

    /** All numbers, in order. */
    static List<Fraction> of(String text) {
        List<Fraction> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(plain(text));
        while (matcher.find()) {
            if (matcher.group().length() <= MAX_DIGITS) {
                numbers.add(value(matcher));
            }
        }
        return numbers;
    }

    private static Fraction value(Matcher matcher) {
        Fraction value = number(matcher.group("first"));
        String mixed = matcher.group("mixed");
        String over = matcher.group("over");
        if (mixed != null && !number(matcher.group("below")).isZero()) {
            value = value.plus(number(mixed).dividedBy(number(matcher.group("below"))));
        } else if (over != null && !number(over).isZero()) {
            value = value.dividedBy(number(over));
        }
        return "-".equals(matcher.group("sign")) ? value.negate() : value;
    }

    private static Fraction number(String text) {
        return Fraction.of(new BigDecimal(text.replace(",", "")));
    }

    /** LaTeX and typographic forms as plain ones. */
    private static String plain(String text) {
        String plain = text.replace('\u2212', '-')
                .replace("{,}", ",")
                .replace("\\,", "")
                .replace("\\!", "")
                .replace("\\$", "$");
        return LATEX_FRACTION.matcher(plain).replaceAll("$1/$2");
    }
}
