package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import java.util.Locale;

/**
 * Preference losses without a reference. ORPO and CPO add the supervised term {@link DpoLoss#SFT} with weight 1, ORPO over
 * prompt and completion, CPO over the completion. A soft label p gives the expected loss.
 */
public enum ReferenceFreeLoss implements PreferenceLoss {
    /**
     * - b log sigma(log odds(chosen) - log odds(rejected)), the odds P / (1 - P) with P the geometric mean of the
     * probabilities of the completion's tokens (ORPO's preference term, arXiv 2403.07691, eq. 7).
     */
    ODDS_RATIO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor chosen = pairs.chosen().dividedBy(pairs.chosenTokens());
            Tensor rejected = pairs.rejected().dividedBy(pairs.rejectedTokens());
            return logOdds(chosen).minus(logOdds(rejected)).logSigmoid().times(-settings.beta());
        }
    },
    /**
     * - log sigma(b (mean log pi(chosen) - mean log pi(rejected)) - gamma), means over each completion's own tokens (SimPO,
     * arXiv 2405.14734, eq. 6), with label smoothing as in cdpo.
     */
    SIMPO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor margin = pairs.chosen()
                    .dividedBy(pairs.chosenTokens())
                    .minus(pairs.rejected().dividedBy(pairs.rejectedTokens()));
            return settings.smoothed(margin.times(settings.beta()).minus(settings.simpoGamma()));
        }
    },
    /** - log sigma(b (log pi(chosen) - log pi(rejected))) (CPO, arXiv 2401.08417, eq. 3), with label smoothing as in cdpo. */
    CPO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return settings.smoothed(pairs.policyDifference().times(settings.beta()));
        }
    };

    /** The log-probability per token from which on 1 - P is treated as constant: 1 - P is then 1e-6. */
    private static final double ALMOST_CERTAIN = -1e-6;

    /** log(P / (1 - P)), {@code [pairs]}, finite also where P is 1. */
    private static Tensor logOdds(Tensor logP) {
        Tensor below = logP.clamp(Double.NEGATIVE_INFINITY, ALMOST_CERTAIN);
        return logP.minus(log1mExp(below));
    }

    /** log(1 - exp(x)) for x below 0. */
    private static Tensor log1mExp(Tensor x) {
        // 1 - exp(x) = tanh(-x/2) (1 + exp(x)), which does not cancel near 0
        return x.times(-0.5).tanh().log().plus(x.softplus());
    }

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public SoftLabels softLabels() {
        return SoftLabels.EXPECTED;
    }

    @Override
    public boolean needsReference() {
        return false;
    }

    @Override
    public String toString() {
        return configName();
    }
}
