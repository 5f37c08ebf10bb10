package dev.attune.feedback.evaluation;

/** One part of a suite: prompts, and how the model's answers or probabilities are read. */
public sealed interface Measure permits RequestsMeasure, QuestionsMeasure, ProbabilityMeasure, WinsMeasure {
    /** As the suite names it. */
    String name();

    /** The word for this kind of measure in suites: {@code requests}, {@code questions} and so on. */
    String kind();

    /** Asks the model, and reads what it answers. */
    Measured of(Subject model);
}
