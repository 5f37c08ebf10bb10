package dev.attune.training.cpo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.DpoLoss;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import dev.attune.training.losses.ReferenceFreeLoss;
import dev.attune.training.preference.PairLoss;
import java.util.List;

/**
 * L = L_CPO + alpha L_SFT: the pair's term, and the negative log-likelihood per token of the chosen completions.
 *
 * @param beta the scale of the difference of log-probabilities
 * @param alpha the weight of the supervised term
 * @param labelSmoothing the probability that a label is wrong
 */
public record CpoSettings(double beta, double alpha, double labelSmoothing) {
    static CpoSettings read(SectionReader fields) {
        return new CpoSettings(
                fields.number("beta", 0.1, Range.POSITIVE),
                fields.number("alpha", 1, Range.NOT_NEGATIVE),
                fields.number("label_smoothing", 0, new Range(0, true, 0.5, false)));
    }

    PairLoss loss() {
        List<PreferenceObjective.Part> parts = List.of(
                new PreferenceObjective.Part(ReferenceFreeLoss.CPO, 1),
                new PreferenceObjective.Part(DpoLoss.SFT, alpha));
        return PairLoss.of(new PreferenceObjective(
                parts, PreferenceSettings.defaults().withBeta(beta).withLabelSmoothing(labelSmoothing)));
    }
}
