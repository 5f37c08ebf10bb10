package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.util.Locale;

/**
 * The losses of direct preference optimisation and its family. With c = log pi - log pi_ref of the chosen completion, r
 * the same of the rejected one (sums over tokens), d = c - r, beta b and label smoothing e. Where nothing else is said, a soft
 * label p gives the expected loss, p L(c, r) + (1 - p) L(r, c).
 */
public enum DpoLoss implements PreferenceLoss {
    /** - log sigma(b d) (arXiv 2305.18290, eq. 7). Ignores label smoothing; {@link #CDPO} has it. */
    SIGMOID {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return pairs.difference().times(settings.beta()).logSigmoid().negate();
        }
    },
    /** - (1 - e) log sigma(b d) - e log sigma(- b d): conservative DPO, the expected loss if labels are wrong with e. */
    CDPO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return settings.smoothed(pairs.difference().times(settings.beta()));
        }
    },
    /**
     * (- (1 - e) log sigma(b d) + e log sigma(- b d)) / (1 - 2 e): an unbiased estimate of the loss under true labels
     * (arXiv 2403.00409, eq. 13), with e below 1/2.
     */
    ROBUST {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            double flip = settings.labelSmoothing();
            Tensor logits = pairs.difference().times(settings.beta());
            Tensor clean = logits.logSigmoid().times(flip - 1);
            return clean.plus(logits.negate().logSigmoid().times(flip)).dividedBy(1 - 2 * flip);
        }

        @Override
        public void check(String place, PreferenceSettings settings) {
            require(place, settings, settings.labelSmoothing() < 0.5, "below 0.5, where the loss divides by 0");
        }
    },
    /** max(0, 1 - b d) (arXiv 2305.10425). */
    HINGE {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return pairs.difference().times(-settings.beta()).plus(1).clamp(0, Double.POSITIVE_INFINITY);
        }
    },
    /** (d - 1/(2 b))^2 (arXiv 2310.12036, eq. 17), with log-ratios averaged over each completion's own tokens. */
    IPO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return pairs.averagedDifference().minus(1 / (2 * settings.beta())).square();
        }
    },
    /** - log sigma(b d), with log-ratios averaged over each completion's own tokens. */
    SIGMOID_NORM {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return pairs.averagedDifference()
                    .times(settings.beta())
                    .logSigmoid()
                    .negate();
        }
    },
    /**
     * KL(softmax(b c, b r) || (1 - e, e)) (EXO, arXiv 2402.00856, eq. 16), with e above 0. Refuses soft labels: e is their
     * place.
     */
    EXO_PAIR(SoftLabels.REFUSED) {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            double smoothing = settings.labelSmoothing();
            Tensor logits = pairs.difference().times(settings.beta());
            Tensor won = logits.sigmoid().times(logits.logSigmoid().minus(Math.log1p(-smoothing)));
            Tensor opposite = logits.negate();
            Tensor lost = opposite.sigmoid().times(opposite.logSigmoid().minus(Math.log(smoothing)));
            return won.plus(lost);
        }

        @Override
        public void check(String place, PreferenceSettings settings) {
            require(
                    place,
                    settings,
                    settings.labelSmoothing() > 0,
                    "above 0 (1e-3 in the paper), where log e is finite");
        }
    },
    /** - log sigma(b c) - 1/2 log sigma(- b c) - 1/2 log sigma(- b r) (NCA, arXiv 2402.05369). */
    NCA_PAIR {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor chosen = pairs.chosenRatio().times(settings.beta());
            Tensor noise = chosen.negate()
                    .logSigmoid()
                    .plus(pairs.rejectedRatio().times(-settings.beta()).logSigmoid());
            return chosen.logSigmoid().plus(noise.times(0.5)).negate();
        }
    },
    /** - log sigma(b c) - log sigma(- b r): the classifier of BCO (arXiv 2404.04656) without its shift. */
    BCO_PAIR {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor chosen = pairs.chosenRatio().times(settings.beta()).logSigmoid();
            Tensor rejected = pairs.rejectedRatio().times(-settings.beta()).logSigmoid();
            return chosen.plus(rejected).negate();
        }
    },
    /** 1 - sigma(b c) + sigma(b r): chosen up, rejected down (APO-zero, arXiv 2408.06266, eq. 7). */
    APO_ZERO {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor chosen = pairs.chosenRatio().times(settings.beta()).sigmoid();
            return pairs.rejectedRatio()
                    .times(settings.beta())
                    .sigmoid()
                    .plus(1)
                    .minus(chosen);
        }
    },
    /** sigma(b c) + 1 - sigma(b d): both down, rejected more (APO-down, arXiv 2408.06266, eq. 8). */
    APO_DOWN {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor margin = pairs.difference().times(settings.beta()).sigmoid();
            return pairs.chosenRatio().times(settings.beta()).sigmoid().plus(1).minus(margin);
        }
    },
    /**
     * - (1 - e) log sigma(b s) - e log sigma(- b s), s the differences of the sorted log pi(chosen) - log pi(rejected) and
     * the sorted log pi_ref(chosen) - log pi_ref(rejected) (AOT, arXiv 2406.05882). Depends on the batch; refuses soft
     * labels and row weights.
     */
    AOT(SoftLabels.REFUSED) {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor delta = ascending(pairs.policyDifference()).minus(ascending(pairs.referenceDifference()));
            return settings.smoothed(delta.times(settings.beta()));
        }
    },
    /** The same with s the differences of the sorted c and the sorted r: pairs need not belong together. */
    AOT_UNPAIRED(SoftLabels.REFUSED) {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor delta = ascending(pairs.chosenRatio()).minus(ascending(pairs.rejectedRatio()));
            return settings.smoothed(delta.times(settings.beta()));
        }
    },
    /** (1 - m) (- log sigma(b d)) + m exp(- b d), m = sigma(b d / tau) (DiscoPOP, arXiv 2406.08414, eq. 5). */
    DISCOPOP {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            Tensor logits = pairs.difference().times(settings.beta());
            Tensor mix = logits.dividedBy(settings.discopopTau()).sigmoid();
            Tensor logistic = logits.logSigmoid().negate();
            // m is 0 long before the limit, but 0 times infinity would not be
            Tensor exponential = logits.negate()
                    .clamp(-RatioLevel.MAX_EXPONENT * 2, RatioLevel.MAX_EXPONENT)
                    .exp();
            return logistic.plus(mix.times(exponential.minus(logistic)));
        }
    },
    /** (c - 1/(2 b))^2 + (r + 1/(2 b))^2 (SPPO with hard labels, arXiv 2405.00675, eq. 4.7). Refuses soft labels. */
    SPPO_HARD(SoftLabels.REFUSED) {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            double target = 0.5 / settings.beta();
            return pairs.chosenRatio()
                    .minus(target)
                    .square()
                    .plus(pairs.rejectedRatio().plus(target).square());
        }
    },
    /**
     * The negative log-likelihood of the chosen completions, as a mean over tokens: the usual remedy when both rewards
     * fall. Ignores soft labels and beta.
     */
    SFT(SoftLabels.IGNORED) {
        @Override
        public Tensor perPair(PreferencePairs pairs, PreferenceSettings settings) {
            return pairs.sft().negate().dividedBy(pairs.sftTokensPerPair());
        }
    };

    private final SoftLabels softLabels;

    DpoLoss() {
        this(SoftLabels.EXPECTED);
    }

    DpoLoss(SoftLabels softLabels) {
        this.softLabels = softLabels;
    }

    private static Tensor ascending(Tensor values) {
        return values.sort(0, false).values();
    }

    private static void require(String place, PreferenceSettings settings, boolean valid, String expected) {
        if (!valid) {
            throw BadInputException.at(
                    place,
                    "label_smoothing " + settings.labelSmoothing(),
                    "label_smoothing " + expected,
                    "change label_smoothing or the loss");
        }
    }

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public SoftLabels softLabels() {
        return softLabels;
    }

    @Override
    public boolean needsReference() {
        return this != SFT;
    }

    @Override
    public boolean acrossPairs() {
        return this == AOT || this == AOT_UNPAIRED;
    }

    @Override
    public String toString() {
        return configName();
    }
}
