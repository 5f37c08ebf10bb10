package dev.attune.model.template.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers as Python's format specifications do. */
final class NumberText {
    private NumberText() {}

    /**
     * The style of a formatted field.
     *
     * @param align {@code <}, {@code >} or {@code ^}
     * @param zeros whether zeros fill the field after the sign
     * @param plus prefix of numbers that are not negative
     * @param precision digits; -1 if none are given
     * @param commas whether thousands are grouped
     */
    record Style(char align, boolean zeros, String plus, int width, int precision, boolean commas) {}

    static String integer(long number, int radix, boolean upper, Style style) {
        String digits = Long.toUnsignedString(Math.abs(number), radix);
        digits = upper ? digits.toUpperCase(Locale.ROOT) : digits;
        return signed(number < 0, style.commas() ? grouped(digits) : digits, style);
    }

    static String fraction(double number, char kind, Style style) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return signed(number < 0, Double.isNaN(number) ? "nan" : "inf", style);
        }
        int precision = style.precision() < 0 ? 6 : style.precision();
        boolean negative = number < 0 || (number == 0 && 1 / number < 0);
        BigDecimal value = new BigDecimal(Math.abs(number));
        String digits =
                switch (kind) {
                    case 'e', 'E' -> scientific(value, precision);
                    case 'g', 'G' -> general(value, Math.max(1, precision));
                    case '%' ->
                        value.multiply(BigDecimal.valueOf(100))
                                        .setScale(precision, RoundingMode.HALF_EVEN)
                                        .toPlainString()
                                + "%";
                    default -> value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
                };
        String written = Character.isUpperCase(kind) ? digits.toUpperCase(Locale.ROOT) : digits;
        return signed(negative, style.commas() ? grouped(written) : written, style);
    }

    private static String scientific(BigDecimal value, int precision) {
        if (value.signum() == 0) {
            return "0" + (precision > 0 ? "." + "0".repeat(precision) : "") + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue().toString();
        digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
        digits = digits.substring(0, precision + 1);
        String mantissa = digits.charAt(0) + (precision > 0 ? "." + digits.substring(1) : "");
        return mantissa + (exponent < 0 ? "e-" : "e+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    private static String general(BigDecimal value, int precision) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal rounded = value.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= precision) {
            String text = scientific(value, precision - 1);
            int e = text.indexOf('e');
            return trimmed(text.substring(0, e)) + text.substring(e);
        }
        return trimmed(rounded.setScale(Math.max(0, precision - 1 - exponent), RoundingMode.HALF_EVEN)
                .toPlainString());
    }

    private static String trimmed(String digits) {
        return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    private static String grouped(String digits) {
        int end = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        return digits.substring(0, end).replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + digits.substring(end);
    }

    private static String signed(boolean negative, String digits, Style style) {
        String sign = negative ? "-" : style.plus();
        if (style.zeros()) {
            return sign + "0".repeat(Math.max(0, style.width() - sign.length() - digits.length())) + digits;
        }
        return padded(sign + digits, style, ' ');
    }

    static String padded(String text, Style style, int fill) {
        long missing = Math.max(0, style.width() - Text.length(text));
        long left = style.align() == '>' ? missing : style.align() == '^' ? missing / 2 : 0;
        String filler = Character.toString(fill);
        return filler.repeat((int) left) + text + filler.repeat((int) (missing - left));
    }
}
