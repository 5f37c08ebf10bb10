package dev.attune.training.kto;

import dev.attune.training.losses.KtoMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured on completions beside the loss, as sums. A class without rows has no means.
 *
 * @param loss the completions' part of the step's loss
 * @param divergence z times the number of rows
 * @param logs sums of log pi of the desirable and the undesirable completions
 * @param tokens of the desirable and the undesirable completions
 * @param largestReward the largest absolute reward
 */
@SuppressWarnings("ArrayRecordComponent")
record KtoFigures(
        double loss, double divergence, KtoMetrics metrics, double[] logs, double[] tokens, double largestReward) {
    static final KtoFigures NONE = new KtoFigures(0, 0, KtoMetrics.NONE, new double[2], new double[2], 0);

    /**
     * The figures of a group.
     *
     * @param loss its part of the step's loss
     * @param sums log pi of each completion
     * @param ratios log pi - log pi_ref of each completion
     */
    static KtoFigures of(KtoGroup group, double loss, double z, double[] sums, double[] ratios, double beta) {
        double[] logs = new double[2];
        double[] tokens = new double[2];
        double largest = 0;
        for (int i = 0; i < sums.length; i++) {
            int side = group.rows().get(i).desirable() ? 0 : 1;
            logs[side] += sums[i];
            tokens[side] += group.rows().get(i).document().targets();
            largest = Math.max(largest, beta * Math.abs(ratios[i]));
        }
        KtoMetrics metrics = KtoMetrics.of(ratios, group.desirable(), beta);
        return new KtoFigures(loss, z * group.size(), metrics, logs, tokens, largest);
    }

    KtoFigures plus(KtoFigures other) {
        return new KtoFigures(
                loss + other.loss,
                divergence + other.divergence,
                metrics.plus(other.metrics),
                new double[] {logs[0] + other.logs[0], logs[1] + other.logs[1]},
                new double[] {tokens[0] + other.tokens[0], tokens[1] + other.tokens[1]},
                Math.max(largestReward, other.largestReward));
    }

    /** The means under the names of metrics.jsonl; what a missing class would give is left out. */
    Map<String, Double> values(String prefix) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(prefix + "loss", loss);
        values.put(prefix + "kl", divergence / Math.max(1, metrics.wanted() + metrics.unwanted()));
        put(values, prefix + "rewards/chosen", metrics.chosen());
        put(values, prefix + "rewards/rejected", metrics.rejected());
        put(values, prefix + "rewards/margins", metrics.margin());
        putMean(values, prefix + "logps/chosen", logs[0], metrics.wanted());
        putMean(values, prefix + "logps/rejected", logs[1], metrics.unwanted());
        putMean(values, prefix + "lengths/chosen", tokens[0], metrics.wanted());
        putMean(values, prefix + "lengths/rejected", tokens[1], metrics.unwanted());
        return values;
    }

    private static void putMean(Map<String, Double> values, String name, double sum, long count) {
        put(values, name, count == 0 ? null : sum / count);
    }

    private static void put(Map<String, Double> values, String name, @Nullable Double value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
