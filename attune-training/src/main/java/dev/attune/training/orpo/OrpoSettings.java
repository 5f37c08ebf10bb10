package dev.attune.training.orpo;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.DpoLoss;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import dev.attune.training.losses.ReferenceFreeLoss;
import dev.attune.training.preference.PairLoss;
import java.util.List;

/**
 * L = L_SFT + beta L_OR: the negative log-likelihood per token of prompt and chosen completion, and the odds-ratio term.
 *
 * @param beta the weight of the odds-ratio term, the paper's lambda
 */
public record OrpoSettings(double beta) {
    static OrpoSettings read(SectionReader fields) {
        return new OrpoSettings(fields.number("beta", 0.1, Range.POSITIVE));
    }

    PairLoss loss() {
        List<PreferenceObjective.Part> parts = List.of(
                new PreferenceObjective.Part(ReferenceFreeLoss.ODDS_RATIO, 1),
                new PreferenceObjective.Part(DpoLoss.SFT, 1));
        return new PairLoss(
                new PreferenceObjective(parts, PreferenceSettings.defaults().withBeta(beta)), true);
    }
}
