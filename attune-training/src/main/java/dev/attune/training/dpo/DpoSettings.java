package dev.attune.training.dpo;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.DpoLoss;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The losses of DPO and their numbers; defaults are TRL's.
 *
 * @param loss one or more losses, which are added
 * @param weights of the losses; empty: 1 each
 * @param beta the strength of the reference
 * @param labelSmoothing the probability that a label is wrong; used by robust, cdpo, exo_pair, aot and aot_unpaired
 * @param discopopTau the temperature of discopop
 */
@RecordBuilder
public record DpoSettings(
        List<DpoLoss> loss, List<Double> weights, double beta, double labelSmoothing, double discopopTau)
        implements DpoSettingsBuilder.With {
    public static final DpoSettings DEFAULT = new DpoSettings(List.of(DpoLoss.SIGMOID), List.of(), 0.1, 0, 0.05);

    private static final String LOSS = "loss";
    private static final String WEIGHTS = "weights";
    private static final String SMOOTHING = "label_smoothing";

    public DpoSettings {
        loss = List.copyOf(loss);
        weights = List.copyOf(weights);
    }

    public DpoSettings withLoss(DpoLoss... value) {
        return withLoss(List.of(value));
    }

    static DpoSettings read(SectionReader fields) {
        DpoSettings settings = new DpoSettings(
                losses(fields),
                weights(fields),
                fields.number("beta", DEFAULT.beta, Range.POSITIVE),
                fields.number(SMOOTHING, DEFAULT.labelSmoothing, Range.PROPER_FRACTION),
                fields.number("discopop_tau", DEFAULT.discopopTau, Range.POSITIVE));
        settings.check(fields);
        return settings;
    }

    private static List<DpoLoss> losses(SectionReader fields) {
        if (fields.node(LOSS) instanceof Node.Items items && !items.values().isEmpty()) {
            return fields.texts(LOSS).stream().map(name -> named(fields, name)).toList();
        }
        return List.of(named(fields, fields.text(LOSS, DEFAULT.loss.get(0).configName())));
    }

    private static DpoLoss named(SectionReader fields, String name) {
        return Arrays.stream(DpoLoss.values())
                .filter(loss -> loss.configName().equals(name))
                .findFirst()
                .orElseThrow(() -> fields.invalid(
                        LOSS,
                        "'" + name + "'",
                        Arrays.stream(DpoLoss.values()).map(DpoLoss::configName).collect(Collectors.joining(", ")),
                        "choose one or more of them"));
    }

    private static List<Double> weights(SectionReader fields) {
        List<Double> weights = new ArrayList<>();
        for (String text : fields.texts(WEIGHTS)) {
            weights.add(weight(fields, text));
        }
        return weights;
    }

    private static double weight(SectionReader fields, String text) {
        try {
            double weight = Double.parseDouble(text);
            if (Double.isFinite(weight) && weight >= 0) {
                return weight;
            }
        } catch (NumberFormatException ignored) {
            // refused below, with the same message as a number out of range
        }
        throw fields.invalid(WEIGHTS, "'" + text + "'", Range.NOT_NEGATIVE.toString(), "change the value");
    }

    private void check(SectionReader fields) {
        if (!weights.isEmpty() && weights.size() != loss.size()) {
            throw fields.invalid(
                    WEIGHTS,
                    weights.size() + " weights",
                    "a weight for each of the " + loss.size() + " losses, or none",
                    "correct the list");
        }
        if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
            throw fields.invalid(WEIGHTS, "only 0", "a weight above 0", "with 0 nothing is learned: raise one");
        }
        if (loss.contains(DpoLoss.ROBUST) && labelSmoothing >= 0.5) {
            throw fields.invalid(
                    SMOOTHING,
                    String.valueOf(labelSmoothing),
                    "a number below 0.5 with dpo.loss: robust, which divides by 1 - 2 label_smoothing",
                    "lower it, or use cdpo");
        }
        if (loss.contains(DpoLoss.EXO_PAIR) && labelSmoothing == 0) {
            throw fields.invalid(
                    SMOOTHING,
                    "0",
                    "a number above 0 with dpo.loss: exo_pair, which takes its logarithm",
                    "set dpo.label_smoothing: 1e-3, as in the paper");
        }
    }

    /**
     * The weighted sum of the losses.
     *
     * @throws BadInputException if a number does not suit a loss
     */
    public PreferenceObjective objective() {
        return PreferenceObjective.named(
                "dpo.loss",
                loss.stream().map(DpoLoss::configName).toList(),
                weights,
                PreferenceSettings.defaults()
                        .withBeta(beta)
                        .withLabelSmoothing(labelSmoothing)
                        .withDiscopopTau(discopopTau));
    }
}
