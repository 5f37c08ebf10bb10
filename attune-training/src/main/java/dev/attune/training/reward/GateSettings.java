package dev.attune.training.reward;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The conditions under which a reward model is good enough to optimise against.
 *
 * @param minComparisons minimum number of held-out pairs
 * @param minAccuracy minimum of the lower end of the accuracy's 95 % interval
 * @param maxCalibrationError maximum of the expected calibration error
 * @param maxLengthCorrelation maximum of the absolute rank correlation of score and length of completions
 * @param require whether a run whose reward model fails the gate fails
 */
@RecordBuilder
public record GateSettings(
        int minComparisons,
        double minAccuracy,
        double maxCalibrationError,
        double maxLengthCorrelation,
        boolean require)
        implements GateSettingsBuilder.With {
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
