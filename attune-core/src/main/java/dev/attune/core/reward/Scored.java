package dev.attune.core.reward;

/**
 * The score of one completion with its reason, which the rollout records.
 *
 * @param kind how it came about; counted apart in logs
 * @param value higher is better; NaN if it is missing: such a completion is out of its group's baseline and of the loss
 * @param reason in a few words, for readers of the rollout; empty if there is nothing to say
 */
public record Scored(Kind kind, double value, String reason) {
    /** How a score came about. */
    public enum Kind {
        /** The function decided. */
        SCORED,
        /** The function has no opinion on this completion. */
        UNDECIDED,
        /** The completion's program or pattern used up its time, output or steps. */
        LIMIT,
        /** The function failed: an error of its own, not of the completion. */
        FAULT
    }

    public Scored {
        if (kind == Kind.SCORED && !Double.isFinite(value)) {
            throw new IllegalArgumentException("the score " + value);
        }
    }

    /** A decision. */
    public static Scored of(double value, String reason) {
        return new Scored(Kind.SCORED, value, reason);
    }

    /** 1 or 0. */
    public static Scored verdict(boolean passed, String reason) {
        return of(passed ? 1 : 0, reason);
    }

    /** No score. */
    public static Scored undecided(String reason) {
        return new Scored(Kind.UNDECIDED, Double.NaN, reason);
    }

    /** A completion that used up its limit; {@code value} is NaN if that decides nothing. */
    public static Scored limit(double value, String reason) {
        return new Scored(Kind.LIMIT, value, reason);
    }

    /** An error of the function. */
    public static Scored fault(String reason) {
        return new Scored(Kind.FAULT, Double.NaN, reason);
    }

    /** Whether there is no value. */
    public boolean isMissing() {
        return Double.isNaN(value);
    }
}
