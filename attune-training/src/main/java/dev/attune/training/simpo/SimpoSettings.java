package dev.attune.training.simpo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import dev.attune.training.losses.ReferenceFreeLoss;
import dev.attune.training.preference.PairLoss;

/**
 * L = -log sigma(beta (mean log pi(chosen) - mean log pi(rejected)) - gamma), means over each completion's tokens. Defaults are
 * those of the paper's experiments.
 *
 * @param beta the scale of the rewards, larger than in methods of sums
 * @param gamma the margin by which the chosen reward should lead
 * @param labelSmoothing the probability that a label is wrong
 */
public record SimpoSettings(double beta, double gamma, double labelSmoothing) {
    static SimpoSettings read(SectionReader fields) {
        return new SimpoSettings(
                fields.number("beta", 2, Range.POSITIVE),
                fields.number("gamma", 1, Range.NOT_NEGATIVE),
                fields.number("label_smoothing", 0, new Range(0, true, 0.5, false)));
    }

    PairLoss loss() {
        return PairLoss.of(PreferenceObjective.of(
                ReferenceFreeLoss.SIMPO,
                PreferenceSettings.defaults()
                        .withBeta(beta)
                        .withSimpoGamma(gamma)
                        .withLabelSmoothing(labelSmoothing)));
    }
}
