package dev.attune.training.recipe;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.kl.KlController;
import dev.attune.training.kl.KlEstimator;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The KL penalty against the reference.
 *
 * @param placement as a reward per token, or as a term of the loss
 * @param coefficient beta; the start value if there is a target
 * @param target sequence KL in nats that an adaptive coefficient steers to; null keeps it fixed
 * @param horizon rollouts over which the adaptive coefficient moves; above a fifth of the rollouts per step
 */
@RecordBuilder
public record KlSettings(
        Placement placement,
        double coefficient,
        KlEstimator estimator,
        @Nullable Double target,
        double horizon) implements KlSettingsBuilder.With {
    /** The place of the penalty. */
    public enum Placement {
        REWARD,
        LOSS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final KlSettings DEFAULT = new KlSettings(Placement.REWARD, 0.05, KlEstimator.K1, null, 10_000);

    public static KlSettings read(SectionReader fields) {
        KlSettings settings = new KlSettings(
                fields.choice("placement", DEFAULT.placement),
                fields.number("coefficient", DEFAULT.coefficient, Range.NOT_NEGATIVE),
                fields.choice("estimator", DEFAULT.estimator),
                fields.optionalNumber("target", Range.POSITIVE),
                fields.number("horizon", DEFAULT.horizon, Range.POSITIVE));
        if (settings.placement == Placement.LOSS && settings.estimator == KlEstimator.K1) {
            throw fields.invalid(
                    "estimator",
                    "'k1'",
                    "k2 or k3 with kl.placement: loss",
                    "k1 has no gradient in expectation: choose k2");
        }
        return settings;
    }

    /**
     * The problem with the horizon of an adaptive coefficient at this number of rollouts per step; null if there is
     * none.
     */
    public @Nullable String horizonFault(int rollouts) {
        return target == null || KlController.Adaptive.horizonSuffices(horizon, rollouts)
                ? null
                : "a kl.horizon above a fifth of the rollouts per step, which are " + rollouts
                        + ": below that, one step can turn the KL coefficient negative";
    }

    public KlController controller() {
        return KlController.of(coefficient, target, horizon);
    }
}
