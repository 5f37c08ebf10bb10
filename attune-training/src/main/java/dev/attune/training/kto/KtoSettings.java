package dev.attune.training.kto;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.KtoLoss;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loss of KTO; defaults are TRL's.
 *
 * @param beta the strength of the reference
 * @param desirableWeight of desirable completions in the loss
 * @param undesirableWeight of undesirable completions in the loss
 */
@RecordBuilder
public record KtoSettings(Loss loss, double beta, double desirableWeight, double undesirableWeight)
        implements KtoSettingsBuilder.With {
    /** The point against which a completion's log-ratio is measured. */
    public enum Loss {
        /** z, an estimate of the KL divergence from the completions of other rows (arXiv 2402.01306, eq. 7). */
        KTO,
        /** 0: APO-zero for single completions (arXiv 2408.06266). */
        APO_ZERO_UNPAIRED;

        /** The name in recipes, TRL's. */
        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return configName();
        }
    }

    public static final KtoSettings DEFAULT = new KtoSettings(Loss.KTO, 0.1, 1, 1);

    static KtoSettings read(SectionReader fields) {
        KtoSettings settings = new KtoSettings(
                loss(fields),
                fields.number("beta", DEFAULT.beta, Range.POSITIVE),
                fields.number("desirable_weight", DEFAULT.desirableWeight, Range.NOT_NEGATIVE),
                fields.number("undesirable_weight", DEFAULT.undesirableWeight, Range.NOT_NEGATIVE));
        if (settings.desirableWeight == 0 && settings.undesirableWeight == 0) {
            throw fields.invalid(
                    "desirable_weight",
                    "0 for both classes",
                    "one weight above 0",
                    "raise a weight, or nothing is learned");
        }
        return settings;
    }

    private static Loss loss(SectionReader fields) {
        String name = fields.text("loss", DEFAULT.loss.configName());
        List<String> names = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            if (loss.configName().equals(name)) {
                return loss;
            }
            names.add(loss.configName());
        }
        throw fields.invalid("loss", "'" + name + "'", String.join(" or ", names), "change the value");
    }

    public KtoSettings withWeights(double desirable, double undesirable) {
        return withDesirableWeight(desirable).withUndesirableWeight(undesirable);
    }

    /** Whether the completions of other rows are needed, for z. */
    boolean mismatches() {
        return loss == Loss.KTO;
    }

    KtoLoss equation() {
        return new KtoLoss(beta, desirableWeight, undesirableWeight);
    }
}
