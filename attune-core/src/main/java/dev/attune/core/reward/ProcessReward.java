package dev.attune.core.reward;

import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.reward.steps.StepScorer;
import dev.attune.core.text.PromptCompletion;
import java.util.List;

/**
 * A process reward model as a reward function: the aggregated probability that a solution's steps are correct, in
 * [0, 1]. The reason names the weakest step. A completion without steps scores 0.
 *
 * @param name for logs and reports
 * @param model closed by the caller
 */
public record ProcessReward(String name, StepScorer model, StepAggregation aggregation) implements RewardFunction {
    @Override
    public double[] score(List<PromptCompletion> batch) {
        return evaluate(batch).stream().mapToDouble(Scored::value).toArray();
    }

    @Override
    public List<Scored> evaluate(List<PromptCompletion> batch) {
        return model.scoreSteps(batch).stream()
                .map(steps -> Scored.of(steps.score(aggregation), steps.reason()))
                .toList();
    }
}
