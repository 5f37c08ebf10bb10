package dev.attune.model.constraint.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How JSON writes the numbers of a set: which texts begin one, and how far it is to the end. Whole numbers are written
 * without a point, 0 without a sign; a number has at most 15 digits, so that who reads it in double precision reads this
 * number, unless its bounds need more. An exponent, of at most two digits, is for numbers of which nothing is said.
 */
public final class NumberText {
    private static final int DIGITS = 15;

    private final Numbers numbers;
    private final int decimals;
    private final int digits;
    private final int total;
    private final boolean exponents;
    private final @Nullable List<String> texts;

    public NumberText(NumberSet set) {
        exponents = set.equals(NumberSet.ALL);
        Set<BigDecimal> only = set.only();
        texts = only == null
                ? null
                : only.stream().map(BigDecimal::toPlainString).sorted().toList();
        decimals = decimals(set);
        digits = Math.max(DIGITS, Math.max(digits(set.min()), digits(set.max())));
        total = Math.max(DIGITS, set.equals(NumberSet.ALL) ? 0 : significant(set));
        numbers = new Numbers(set, decimals);
    }

    private static int decimals(NumberSet set) {
        BigDecimal step = set.step();
        if (step != null) {
            return Math.max(0, step.stripTrailingZeros().scale());
        }
        return Math.max(DIGITS - 1, finest(set) + 1);
    }

    /** The digits that tell the bounds apart. */
    private static int significant(NumberSet set) {
        return Math.max(digits(set.min()), digits(set.max())) + finest(set) + 1;
    }

    private static int finest(NumberSet set) {
        int most = Math.max(scale(set.min()), scale(set.max()));
        for (BigDecimal other : set.notSteps()) {
            most = Math.max(most, other.scale());
        }
        for (BigDecimal other : set.not()) {
            most = Math.max(most, other.scale());
        }
        return most;
    }

    private static int scale(NumberSet.@Nullable Bound bound) {
        return bound == null
                ? 0
                : Math.max(0, bound.value().stripTrailingZeros().scale());
    }

    private static int digits(NumberSet.@Nullable Bound bound) {
        return bound == null
                ? 1
                : Math.max(1, bound.value().precision() - bound.value().scale()) + 1;
    }

    /** Whether the text is a number of the set. */
    public boolean ends(String text) {
        if (texts != null) {
            return texts.contains(text);
        }
        Parts parts = Parts.of(text);
        if (parts.exponent() != null) {
            return parts.exponent().matches("[+-]?\\d+");
        }
        return parts.complete() && any(parts, 0, 0);
    }

    /** Whether the text, or it and more, is a number of the set. */
    public boolean begins(String text) {
        if (texts != null) {
            return texts.stream().anyMatch(other -> other.startsWith(text));
        }
        Parts parts = Parts.of(text);
        if (parts.exponent() != null) {
            return exponents && ends(parts.mantissa()) && parts.exponent().matches("[+-]?\\d{0,2}");
        }
        if (!parts.wellFormed(room(parts.whole().length()))) {
            return false;
        }
        if (parts.whole().isEmpty()) {
            return beginsByDigit(text);
        }
        if (parts.fraction() != null) {
            return any(parts, 0, room(parts.whole().length()) - parts.fraction().length());
        }
        for (int more = 0; more <= (parts.isZero() ? 0 : digits - parts.whole().length()); more++) {
            if (any(parts, more, room(parts.whole().length() + more))) {
                return true;
            }
        }
        return false;
    }

    /** How many digits may follow the point after so many before it. */
    private int room(int before) {
        return Math.max(0, Math.min(decimals, total - before));
    }

    private boolean beginsByDigit(String text) {
        for (char digit = '0'; digit <= '9'; digit++) {
            if (begins(text + digit)) {
                return true;
            }
        }
        return text.isEmpty() && begins("-");
    }

    /** The fewest characters to the end of a number; {@link Dfa#INFINITE} if the text begins none. */
    public int distance(String text) {
        if (texts != null) {
            return texts.stream()
                    .filter(other -> other.startsWith(text))
                    .mapToInt(other -> other.length() - text.length())
                    .min()
                    .orElse(Dfa.INFINITE);
        }
        if (!begins(text)) {
            return Dfa.INFINITE;
        }
        Parts parts = Parts.of(text);
        if (parts.exponent() != null) {
            return ends(text) ? 0 : 1;
        }
        if (parts.whole().isEmpty()) {
            return distanceByDigit(text);
        }
        int longest = digits + decimals + 2;
        for (int extra = 0; extra <= longest; extra++) {
            if (reaches(parts, extra)) {
                return extra;
            }
        }
        return Dfa.INFINITE;
    }

    private int distanceByDigit(String text) {
        int best = text.isEmpty() && begins("-") ? 1 + distance("-") : Dfa.INFINITE;
        for (char digit = '0'; digit <= '9'; digit++) {
            best = Math.min(best, 1 + distance(text + digit));
        }
        return Math.min(best, Dfa.INFINITE);
    }

    /** Whether exactly so many more characters can end a number. */
    private boolean reaches(Parts parts, int extra) {
        String fraction = parts.fraction();
        if (fraction != null) {
            boolean some = fraction.length() + extra > 0;
            boolean fits = fraction.length() + extra <= room(parts.whole().length());
            return some && fits && any(parts, 0, extra);
        }
        int most = parts.isZero() ? 0 : digits - parts.whole().length();
        if (extra <= most && any(parts, extra, 0)) {
            return true;
        }
        for (int after = 1; after < extra; after++) {
            int before = extra - 1 - after;
            boolean fits = before <= most && after <= room(parts.whole().length() + before);
            if (fits && any(parts, before, after)) {
                return true;
            }
        }
        return false;
    }

    /** Whether so many more digits before the point, or none, and so many after it give a number of the set. */
    private boolean any(Parts parts, int before, int after) {
        String fraction = parts.fraction() == null ? "" : parts.fraction();
        BigInteger known = new BigInteger(parts.whole() + fraction);
        BigInteger width = BigInteger.TEN.pow(decimals - fraction.length() + before);
        BigInteger every = BigInteger.TEN.pow(decimals - fraction.length() - after);
        BigInteger low = known.multiply(width);
        return numbers.any(low, low.add(width).subtract(every), every, parts.negative());
    }

    /** The parts of the beginning of a number; null is what has not begun. */
    private record Parts(
            boolean negative,
            String whole,
            @Nullable String fraction,
            @Nullable String exponent,
            String mantissa) {
        static Parts of(String text) {
            int e = text.toLowerCase(Locale.ROOT).indexOf('e');
            String mantissa = e < 0 ? text : text.substring(0, e);
            boolean negative = mantissa.startsWith("-");
            String digits = negative ? mantissa.substring(1) : mantissa;
            int point = digits.indexOf('.');
            return new Parts(
                    negative,
                    point < 0 ? digits : digits.substring(0, point),
                    point < 0 ? null : digits.substring(point + 1),
                    e < 0 ? null : text.substring(e + 1),
                    mantissa);
        }

        boolean isZero() {
            return whole.equals("0");
        }

        boolean complete() {
            return !whole.isEmpty() && (fraction == null || !fraction.isEmpty());
        }

        boolean wellFormed(int decimals) {
            boolean digits =
                    whole.chars().allMatch(c -> c >= '0' && c <= '9') && (whole.length() < 2 || !whole.startsWith("0"));
            if (fraction == null || !digits) {
                return digits;
            }
            return !whole.isEmpty()
                    && decimals > 0
                    && fraction.length() <= decimals
                    && fraction.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }
}
