package dev.attune.training.ppo;

import dev.attune.training.advantage.GeneralizedAdvantage;
import dev.attune.training.onpolicy.GeneralizedAdvantages;
import dev.attune.training.onpolicy.OnPolicyOptions;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * All settings of PPO but its models and prompts.
 *
 * @param rollouts per step
 * @param micro sequences that pass through the models at once
 * @param evaluationPrompts how many held-out prompts an evaluation samples from, or how many episodes it plays
 * @param order in which each epoch takes the prompts
 */
@RecordBuilder
public record PpoOptions(
        int steps,
        int rollouts,
        int micro,
        GenerationSettings generation,
        PpoSettings ppo,
        KlSettings kl,
        CriticSettings critic,
        OptimizerSettings optimizer,
        int evaluationPrompts,
        DataOrder order,
        long seed)
        implements PpoOptionsBuilder.With {

    /** The defaults of a recipe, with a critic from the policy. */
    public static PpoOptions defaults() {
        return new PpoOptions(
                100,
                64,
                16,
                GenerationSettings.of(48, 1),
                PpoSettings.DEFAULT,
                KlSettings.DEFAULT,
                new CriticSettings(CriticSettings.Init.POLICY, false, null),
                OptimizerSettings.of(1e-5, Schedule.Shape.LINEAR),
                256,
                DataOrder.SHUFFLED,
                0);
    }

    public static PpoOptions of(PpoRecipe recipe) {
        DataSettings data = recipe.data();
        return new PpoOptions(
                Objects.requireNonNull(recipe.steps()),
                recipe.batch().rollouts(),
                recipe.batch().micro(),
                recipe.generation(),
                recipe.ppo(),
                recipe.kl(),
                recipe.critic(),
                recipe.optimizer(),
                recipe.evaluate().limit(),
                data == null ? DataOrder.SHUFFLED : data.order(),
                recipe.seed());
    }

    /** A copy with another number of steps and rollouts. */
    public PpoOptions withSteps(int newSteps, int newRollouts) {
        return withSteps(newSteps).withRollouts(newRollouts);
    }

    /** The part that every on-policy method has. */
    OnPolicyOptions core() {
        return new OnPolicyOptions(
                "ppo",
                steps,
                rollouts,
                1,
                1,
                micro,
                ppo.epochs(),
                ppo.minibatches(),
                generation,
                ppo.scoreRule(),
                kl,
                optimizer,
                critic.learningRate(),
                evaluationPrompts,
                order,
                true,
                seed);
    }

    /** The advantages of PPO. */
    GeneralizedAdvantages advantages() {
        return new GeneralizedAdvantages(
                new GeneralizedAdvantage(ppo.gamma(), ppo.lambda()),
                ppo.credit() == PpoSettings.Credit.TURN,
                ppo.whitenRewards(),
                ppo.whitenAdvantages(),
                kl.placement());
    }
}
