package dev.attune.core.stats.rates;

import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Wilson;
import java.util.SplittableRandom;

/** Judged rows with a known true rate, and a judge whose accuracy is measured on a sample each time. */
record JudgeSimulation(
        double trueRate, double sensitivity, double specificity, int rows, int positives, int negatives) {
    /** The shares of repetitions whose interval has the true rate in it; known takes the measured accuracy as exact. */
    record Coverage(double corrected, double known, double uncorrected) {}

    Coverage run(int repetitions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double calledPositive = trueRate * sensitivity + (1 - trueRate) * (1 - specificity);
        int corrected = 0;
        int known = 0;
        int uncorrected = 0;
        for (int i = 0; i < repetitions; i++) {
            long called = draw(random, rows, calledPositive);
            JudgeAccuracy measured = new JudgeAccuracy(
                    draw(random, positives, sensitivity), positives, draw(random, negatives, specificity), negatives);
            CorrectedRate rate = RoganGladen.correct(called, rows, measured);
            corrected += rate.estimate().interval().contains(trueRate) ? 1 : 0;
            known += RoganGladen.correctKnown(
                                    called, rows, measured.sensitivity(), measured.specificity(), Interval.LEVEL)
                            .estimate()
                            .interval()
                            .contains(trueRate)
                    ? 1
                    : 0;
            uncorrected +=
                    Wilson.interval((double) called, rows, Interval.LEVEL).contains(trueRate) ? 1 : 0;
        }
        return new Coverage(
                (double) corrected / repetitions, (double) known / repetitions, (double) uncorrected / repetitions);
    }

    private static long draw(SplittableRandom random, int count, double probability) {
        long hits = 0;
        for (int i = 0; i < count; i++) {
            hits += random.nextDouble() < probability ? 1 : 0;
        }
        return hits;
    }
}
