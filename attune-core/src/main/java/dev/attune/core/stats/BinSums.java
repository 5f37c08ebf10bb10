package dev.attune.core.stats;

/** The sums from which a bin's means are computed. */
final class BinSums {
    private long count;
    private double predicted;
    private double observed;

    void add(double prediction, double outcome) {
        count++;
        predicted += prediction;
        observed += outcome;
    }

    long count() {
        return count;
    }

    Calibration.Bin bin(double low, double high) {
        return new Calibration.Bin(low, high, count, predicted / count, observed / count);
    }
}
