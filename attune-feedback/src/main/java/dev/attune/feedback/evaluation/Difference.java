package dev.attune.feedback.evaluation;

import dev.attune.core.stats.rates.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far a reading of a model is from a baseline's, on the prompts that both scored.
 *
 * @param paired of the model minus the baseline
 */
public record Difference(String measure, String reading, Goal goal, PairedDifference paired) {
    private static final long SEED = 1;

    /** The readings over all prompts whose values items of both have. */
    public static List<Difference> of(List<Measured> model, List<Measured> baseline) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            for (Reading reading : model.get(i).readings()) {
                if (reading.category().isEmpty()) {
                    add(model.get(i), baseline.get(i), reading, differences);
                }
            }
        }
        return differences;
    }

    private static void add(Measured model, Measured baseline, Reading reading, List<Difference> differences) {
        Map<String, Double> ours = model.means(reading.name());
        Map<String, Double> theirs = baseline.means(reading.name());
        List<String> common = ours.keySet().stream().filter(theirs::containsKey).toList();
        if (!common.isEmpty()) {
            double[] x = common.stream().mapToDouble(ours::get).toArray();
            double[] y = common.stream().mapToDouble(theirs::get).toArray();
            differences.add(
                    new Difference(model.name(), reading.name(), reading.goal(), PairedDifference.of(x, y, SEED)));
        }
    }

    /** Whether the interval excludes 0 on the good or the bad side; empty for readings without a goal, or no difference. */
    public String verdict() {
        boolean above = paired.bca().low() > 0;
        boolean below = paired.bca().high() < 0;
        if (goal == Goal.NEITHER || (!above && !below)) {
            return "";
        }
        return above == (goal == Goal.HIGHER) ? "better" : "worse";
    }

    /**
     * The difference with its interval and, if it excludes 0, better or worse.
     *
     * @param of the reading that differs
     */
    public String describe(Reading of) {
        return (paired.mean() > 0 ? "+" : "")
                + of.scaled(paired.mean())
                + " ["
                + of.scaled(paired.bca().low())
                + ", "
                + of.scaled(paired.bca().high())
                + "]"
                + (verdict().isEmpty() ? "" : " " + verdict());
    }
}
