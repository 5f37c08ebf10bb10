package dev.attune.feedback.evaluation;

/** Which values of a reading are better. */
public enum Goal {
    HIGHER,
    LOWER,
    /** The reading describes the model, and is neither good nor bad. */
    NEITHER
}
