package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The numbers of the preference losses; defaults are those of TRL.
 *
 * @param beta the strength of the reference (for IPO its tau, for ORPO the weight lambda), above 0
 * @param labelSmoothing the probability that a label is wrong, in [0, 1); used by robust, cdpo, exo_pair, aot,
 *     aot_unpaired, cpo and simpo
 * @param discopopTau the temperature of discopop, above 0
 * @param simpoGamma the margin of SimPO, in units of beta times log-probability per token
 */
@RecordBuilder
public record PreferenceSettings(double beta, double labelSmoothing, double discopopTau, double simpoGamma)
        implements PreferenceSettingsBuilder.With {
    public PreferenceSettings {
        require("beta", beta, beta > 0, "a number above 0: with 0 every pair has the same loss and no gradient");
        require("label_smoothing", labelSmoothing, labelSmoothing >= 0 && labelSmoothing < 1, "a number in [0, 1)");
        require("discopop_tau", discopopTau, discopopTau > 0, "a number above 0");
        require("simpo_gamma", simpoGamma, Double.isFinite(simpoGamma), "a number");
    }

    private static void require(String name, double value, boolean valid, String expected) {
        if (!valid || !Double.isFinite(value)) {
            throw BadInputException.at(name, String.valueOf(value), expected, "change the setting");
        }
    }

    /** beta 0.1, no label smoothing. */
    public static PreferenceSettings defaults() {
        return new PreferenceSettings(0.1, 0, 0.05, 0.5);
    }

    /** -(1 - e) log sigma(x) - e log sigma(-x) with e the label smoothing. */
    Tensor smoothed(Tensor logits) {
        Tensor kept = logits.logSigmoid().negate();
        return labelSmoothing == 0
                ? kept
                : kept.times(1 - labelSmoothing)
                        .minus(logits.negate().logSigmoid().times(labelSmoothing));
    }
}
