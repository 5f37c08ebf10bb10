package dev.attune.core.hacking;

import dev.attune.core.rollout.RolloutOutline;
import dev.attune.core.stats.Spearman;
import java.util.List;

/**
 * Text statistics of the rollouts that were saved in a step.
 *
 * @param lengthCorrelation Spearman's, of score and length
 */
public record StepTexts(int step, int rollouts, double lengthCorrelation, Repetition repetition) {
    static StepTexts of(int step, List<RolloutOutline> rollouts) {
        return new StepTexts(
                step,
                rollouts.size(),
                Spearman.correlation(scores(rollouts), lengths(rollouts)),
                Repetition.of(rollouts.stream().map(RolloutOutline::actions).toList()));
    }

    static double[] scores(List<RolloutOutline> rollouts) {
        return rollouts.stream().mapToDouble(RolloutOutline::score).toArray();
    }

    static double[] lengths(List<RolloutOutline> rollouts) {
        return rollouts.stream().mapToDouble(RolloutOutline::length).toArray();
    }
}
