package dev.attune.core.stats.rates;

/** The score of a row, or why it has none. */
public sealed interface Score {
    /** A score; for rates 1 is a success, 0 a failure, 0.5 a tie. */
    record Given(double value) implements Score {
        public Given {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("a score that is not a number is a missing one");
            }
        }
    }

    /** No score. */
    record Missing(UnscoredReason reason) implements Score {}

    /** A score; NaN is a missing one. */
    static Score of(double value) {
        return Double.isNaN(value) ? new Missing(UnscoredReason.NO_VERDICT) : new Given(value);
    }

    /** A yes or no. */
    static Score of(boolean success) {
        return new Given(success ? 1 : 0);
    }

    /** No score, for a reason. */
    static Score missing(UnscoredReason reason) {
        return new Missing(reason);
    }
}
