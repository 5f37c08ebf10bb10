package dev.attune.core.stats;

/**
 * Bins of equal width over [0, 1], with edges i / count.
 *
 * @param count of bins, at least 1
 * @param closedAbove (low, high] and the first bin also has 0, or [low, high) and the last bin also has 1
 */
public record EqualWidthBins(int count, boolean closedAbove) {
    public EqualWidthBins {
        if (count < 1) {
            throw new IllegalArgumentException(count + " bins");
        }
    }

    /** Bins (low, high], the usual ones. */
    public static EqualWidthBins closedAbove(int count) {
        return new EqualWidthBins(count, true);
    }

    /** Bins [low, high). */
    public static EqualWidthBins closedBelow(int count) {
        return new EqualWidthBins(count, false);
    }

    /** The lower edge of a bin, which is the upper edge of the one before. */
    public double edge(int bin) {
        return (double) bin / count;
    }

    /** The bin of a value in [0, 1]. */
    public int indexOf(double value) {
        int bin = Math.min(count - 1, (int) (value * count));
        while (bin > 0 && isBelow(value, edge(bin))) {
            bin--;
        }
        while (bin < count - 1 && !isBelow(value, edge(bin + 1))) {
            bin++;
        }
        return bin;
    }

    private boolean isBelow(double value, double edge) {
        return value < edge || (closedAbove && value == edge);
    }
}
