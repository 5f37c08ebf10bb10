package dev.attune.core.settings;

/** The range of numbers that a key accepts. */
public record Range(double minimum, boolean minimumIncluded, double maximum, boolean maximumIncluded) {
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    public static final Range POSITIVE = new Range(0, false, Double.POSITIVE_INFINITY, false);
    public static final Range NOT_NEGATIVE = new Range(0, true, Double.POSITIVE_INFINITY, false);
    public static final Range FRACTION = new Range(0, true, 1, true);
    public static final Range PROPER_FRACTION = new Range(0, true, 1, false);

    boolean contains(double value) {
        return (minimumIncluded ? value >= minimum : value > minimum)
                && (maximumIncluded ? value <= maximum : value < maximum);
    }

    @Override
    public String toString() {
        if (this.equals(ANY)) {
            return "a number";
        }
        String lower = (minimumIncluded ? "of at least " : "above ") + plain(minimum);
        String upper = maximum == Double.POSITIVE_INFINITY
                ? ""
                : (maximumIncluded ? " and at most " : " and below ") + plain(maximum);
        return "a number " + lower + upper;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
