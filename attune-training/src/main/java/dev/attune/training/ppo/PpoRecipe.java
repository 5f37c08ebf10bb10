package dev.attune.training.ppo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RolloutBatchSettings;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proximal policy optimisation with a KL penalty, on prompts with reward functions or in an environment.
 *
 * @param reference the frozen policy the penalty is measured against
 * @param reward reward functions, summed with their weights; none in an environment
 * @param environment null if there are prompts
 */
@RecordBuilder
public record PpoRecipe(
        @JsonUnwrapped RunSettings run,
        String reference,
        List<RewardSource> reward,
        @Nullable EnvironmentSettings environment,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        CriticSettings critic,
        PpoSettings ppo,
        KlSettings kl,
        RolloutSettings rollouts)
        implements PpoRecipeBuilder.With, Recipe {

    static PpoRecipe read(SectionReader fields) {
        EnvironmentSettings environment = fields.optionalSection("environment", EnvironmentSettings::read);
        RunSettings run = RunSettings.read(
                fields,
                RunDefaults.ofRollouts(1e-5)
                        .withDataReplaced(environment == null ? null : "because the environment gives the states"));
        List<RewardSource> reward = rewards(fields, environment);
        CriticSettings.Init init = reward.stream().anyMatch(source -> source.model() != null)
                ? CriticSettings.Init.REWARD
                : CriticSettings.Init.POLICY;
        PpoRecipe recipe = new PpoRecipe(
                run,
                fields.text("reference", run.storedModel(fields)),
                reward,
                environment,
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section("critic", critic -> CriticSettings.read(critic, init)),
                fields.section("ppo", ppo -> PpoSettings.read(ppo, environment != null)),
                fields.section("kl", KlSettings::read),
                fields.section("rollouts", RolloutSettings::read));
        recipe.check(fields, init);
        return recipe;
    }

    private static List<RewardSource> rewards(SectionReader fields, @Nullable EnvironmentSettings environment) {
        List<RewardSource> reward = RewardSource.readAll(fields, environment == null);
        if (environment != null && !reward.isEmpty()) {
            throw fields.invalid(
                    "reward", "reward functions", "none, because the environment gives the rewards", "remove them");
        }
        return reward;
    }

    @Override
    public String learnedAtRateZero() {
        Double rate = critic.learningRate();
        return rate != null && rate > 0 ? "only the critic learns" : Recipe.super.learnedAtRateZero();
    }

    private void check(SectionReader fields, CriticSettings.Init possible) {
        if (critic.init() == CriticSettings.Init.REWARD && possible != CriticSettings.Init.REWARD) {
            throw fields.invalid("critic", "init: reward", "a reward model among 'reward'", "set critic.init: policy");
        }
        String horizonFault = kl.horizonFault(batch.rollouts());
        if (horizonFault != null) {
            throw fields.invalid(
                    "kl",
                    "horizon " + kl.horizon(),
                    horizonFault,
                    "raise kl.horizon (10000 is usual), or set kl.target: null");
        }
        if (ppo.minibatches() > batch.rollouts()) {
            throw fields.invalid(
                    "ppo",
                    ppo.minibatches() + " minibatches",
                    "at most batch.rollouts, which is " + batch.rollouts(),
                    "lower ppo.minibatches");
        }
    }
}
