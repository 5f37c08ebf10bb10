package dev.attune.core.stats.winrate;

import dev.attune.core.error.BadInputException;

/**
 * A model's answer beside the baseline's, in AlpacaEval's coding.
 *
 * @param preference from 1 (the baseline wins) to 2 (the model wins); 1.5 and 0 are draws, NaN is a missing verdict
 * @param baselineLength of the baseline's answer, in Unicode code points
 * @param modelLength of the model's answer
 * @param difficulty of the instruction, from a fit over many models; 0 if it is not known
 */
public record ComparedItem(double preference, long baselineLength, long modelLength, double difficulty) {
    public ComparedItem {
        if (preference != 0 && (preference < 1 || preference > 2)) {
            throw BadInputException.at(
                    "a preference",
                    String.valueOf(preference),
                    "a number from 1 to 2, 0 for a draw, or nothing",
                    "code the baseline's win as 1 and the model's as 2");
        }
        if (baselineLength < 0 || modelLength < 0 || !Double.isFinite(difficulty)) {
            throw new IllegalArgumentException(
                    "lengths " + baselineLength + " and " + modelLength + ", difficulty " + difficulty);
        }
    }

    /** An item of an unknown difficulty. */
    public static ComparedItem of(double preference, String baseline, String model) {
        return new ComparedItem(
                preference, baseline.codePointCount(0, baseline.length()), model.codePointCount(0, model.length()), 0);
    }

    /** The model's share of the win: 1, 0, 0.5 for a draw, or between; NaN if the verdict is missing. */
    public double share() {
        return preference == 0 ? 0.5 : preference - 1;
    }

    /** The baseline's length minus the model's. */
    double lengthDifference() {
        return (double) (baselineLength - modelLength);
    }
}
