package dev.attune.training.launch;

import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** A reward function that a recipe names by its class: the share of capitals. */
public final class Shouting implements RewardFunction {
    @Override
    public double[] score(List<PromptCompletion> batch) {
        return batch.stream()
                .mapToDouble(sample -> sample.completion()
                                .chars()
                                .filter(Character::isUpperCase)
                                .count()
                        / (1.0 + sample.completion().length()))
                .toArray();
    }
}
