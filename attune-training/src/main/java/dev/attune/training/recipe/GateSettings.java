package dev.attune.training.recipe;

/**
 * When a reward model is good enough to optimise against.
 *
 * @param minComparisons held-out pairs that the verdict needs
 * @param minAccuracy what the lower end of the accuracy's 95 % interval has to reach
 * @param maxCalibrationError the largest expected calibration error
 * @param maxLengthCorrelation the largest rank correlation, either sign, of score and length of completions
 * @param require whether a run whose reward model fails the gate fails
 */
public record GateSettings(
        int minComparisons,
        double minAccuracy,
        double maxCalibrationError,
        double maxLengthCorrelation,
        boolean require) {
    public static final GateSettings DEFAULT = new GateSettings(50, 0.5, 0.15, 0.8, false);

    static GateSettings read(SectionReader fields) {
        return new GateSettings(
                fields.integer("min_comparisons", DEFAULT.minComparisons, 1),
                fields.number("min_accuracy", DEFAULT.minAccuracy, Range.FRACTION),
                fields.number("max_calibration_error", DEFAULT.maxCalibrationError, Range.FRACTION),
                fields.number("max_length_correlation", DEFAULT.maxLengthCorrelation, Range.FRACTION),
                fields.bool("require", DEFAULT.require));
    }
}
