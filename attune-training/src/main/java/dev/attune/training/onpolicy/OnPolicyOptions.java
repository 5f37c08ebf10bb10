package dev.attune.training.onpolicy;

import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.OptimizerSettings;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What every on-policy method has to be told.
 *
 * @param section the recipe's section of the method, for messages
 * @param rollouts completions, or episodes, per step
 * @param group completions per prompt; 1 for methods that do not compare them
 * @param samplingRounds rounds of further prompts that may replace groups of equal scores, the first included; 1: none
 * @param micro sequences that pass through the models at once
 * @param epochs passes over a step's rollouts
 * @param minibatches updates per pass
 * @param criticRate the learning rate of a critic; null for the policy's
 * @param evaluationPrompts how many held-out prompts an evaluation samples from, or how many episodes it plays
 * @param order in which each epoch takes the prompts
 * @param shuffled whether each pass puts its episodes into minibatches in a new random order, instead of theirs
 */
@RecordBuilder
public record OnPolicyOptions(
        String section,
        int steps,
        int rollouts,
        int group,
        int samplingRounds,
        int micro,
        int epochs,
        int minibatches,
        GenerationSettings generation,
        ScoreRule scores,
        KlSettings kl,
        OptimizerSettings optimizer,
        @Nullable Double criticRate,
        int evaluationPrompts,
        DataOrder order,
        boolean shuffled,
        long seed)
        implements OnPolicyOptionsBuilder.With {

    /** Prompts per step. */
    int prompts() {
        return rollouts / group;
    }

    /** The learning rates at a point of the schedule. */
    LearningRates learningRates(double scheduleFactor) {
        double policy = optimizer.learningRate();
        return new LearningRates(policy * scheduleFactor, (criticRate == null ? policy : criticRate) * scheduleFactor);
    }

    /** The number of optimiser updates per step. */
    int updatesPerStep() {
        return epochs * minibatches;
    }
}
