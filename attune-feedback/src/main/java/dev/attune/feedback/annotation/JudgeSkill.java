package dev.attune.feedback.annotation;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.feedback.judge.Judgement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well a judge tells the better of two completions, on pairs whose better side is known.
 *
 * @param accuracy share of scored pairs whose better side gets more than 0.5; exactly 0.5 counts one half; null if none is
 *     scored
 * @param unscored pairs without a verdict; they are not in the accuracy
 */
public record JudgeSkill(@Nullable Estimate accuracy, int unscored) {
    /**
     * The skill by judgements of pairs.
     *
     * @param betterFirst for each pair whether its first completion is the better one
     */
    public static JudgeSkill of(List<Judgement> judgements, List<Boolean> betterFirst) {
        double right = 0;
        int scored = 0;
        for (int i = 0; i < judgements.size(); i++) {
            Double first = judgements.get(i).verdict().scoredValue().orElse(null);
            if (first != null) {
                double better = betterFirst.get(i) ? first : 1 - first;
                right += better > 0.5 ? 1 : better == 0.5 ? 0.5 : 0;
                scored++;
            }
        }
        return new JudgeSkill(scored == 0 ? null : Wilson.share(right, scored), judgements.size() - scored);
    }

    /** Whether the accuracy reaches a bound. */
    public boolean reaches(double minimum) {
        return accuracy != null && accuracy.value() >= minimum;
    }

    public String describe() {
        return accuracy == null
                ? "no pair was scored, " + unscored + " unscored"
                : String.format(
                        Locale.ROOT,
                        "accuracy %s over %d pairs, %d unscored",
                        accuracy.describe(),
                        accuracy.count(),
                        unscored);
    }
}
