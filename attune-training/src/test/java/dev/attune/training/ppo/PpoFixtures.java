package dev.attune.training.ppo;

import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.training.kl.KlEstimator;
import dev.attune.training.onpolicy.ScoreRule;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Fixtures of PPO tests: letters as prompts, and a reward for one letter. */
public final class PpoFixtures {
    static final List<Prompt> PROMPTS = IntStream.range(0, 12)
            .mapToObj(i -> Prompt.text("abcdefghijkl".substring(0, 1 + i)))
            .toList();

    /** How many letters of the completion are a. */
    static final RewardFunction LIKES_A = new RewardFunction() {
        @Override
        public double[] score(List<PromptCompletion> batch) {
            return batch.stream()
                    .mapToDouble(sample ->
                            sample.completion().chars().filter(c -> c == 'a').count())
                    .toArray();
        }

        @Override
        public String name() {
            return "likes a";
        }
    };

    private PpoFixtures() {}

    /**
     * Clipping at 0.2, lambda 0.95, value coefficient 0.1, whitened advantages, and no score for a missing end token.
     */
    public static PpoSettings settings(int epochs, int minibatches, PpoSettings.Credit credit) {
        return settings(epochs, minibatches, null, ScoreRule.MissingEos.REPLACE, null, credit);
    }

    /** The same per token, with a rule for missing end tokens and a bound of the reward. */
    static PpoSettings settings(
            int epochs,
            int minibatches,
            @Nullable Double missingEos,
            ScoreRule.MissingEos mode,
            @Nullable Double clipReward) {
        return settings(epochs, minibatches, missingEos, mode, clipReward, PpoSettings.Credit.TOKEN);
    }

    private static PpoSettings settings(
            int epochs,
            int minibatches,
            @Nullable Double missingEos,
            ScoreRule.MissingEos mode,
            @Nullable Double clipReward,
            PpoSettings.Credit credit) {
        return new PpoSettings(
                epochs, minibatches, 0.2, 0.2, 1, 0.95, 0.1, 0, missingEos, mode, clipReward, false, true, credit);
    }

    /** 25 steps of 16 rollouts with at most 6 tokens, at temperature 0.9. */
    static PpoOptions options(PpoSettings ppo) {
        return PpoOptions.defaults()
                .withSteps(25, 16)
                .withGeneration(GenerationSettings.of(6, 0.9))
                .withPpo(ppo)
                .withOptimizer(OptimizerSettings.of(5e-3, Schedule.Shape.LINEAR))
                .withSeed(5);
    }

    /** For environments of several turns. */
    static PpoOptions inEnvironment(PpoSettings.Credit credit) {
        return options(settings(2, 2, credit))
                .withMicro(8)
                .withKl(new KlSettings(KlSettings.Placement.REWARD, 0.1, KlEstimator.K1, null, 1));
    }
}
