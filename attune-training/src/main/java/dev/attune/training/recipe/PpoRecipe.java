package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.optimizer.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proximal policy optimisation with a KL penalty, on prompts with reward functions or in an environment.
 *
 * @param reference the frozen policy the penalty is measured against
 * @param reward reward functions, summed with their weights; none in an environment
 * @param data the prompts; null in an environment
 * @param environment null if there are prompts
 */
public record PpoRecipe(
        String method,
        ModelSource model,
        String reference,
        @JsonUnwrapped ConversationSettings conversation,
        List<RewardSource> reward,
        @Nullable DataSettings data,
        @Nullable EnvironmentSettings environment,
        GenerationSettings generation,
        RolloutBatchSettings batch,
        CriticSettings critic,
        PpoSettings ppo,
        KlSettings kl,
        Integer steps,
        OptimizerSettings optimizer,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        RolloutSettings rollouts,
        @JsonUnwrapped PrecisionSettings precision,
        List<String> plugins,
        long seed)
        implements Recipe {
    static final String METHOD = "ppo";

    static PpoRecipe read(SectionReader fields) {
        ModelSource model = ModelSource.read(fields);
        if (!(model instanceof ModelSource.Stored stored)) {
            throw fields.invalid("model", "a fresh model", "a trained one", "train it with method sft first");
        }
        List<RewardSource> reward = fields.sections("reward", RewardSource::read);
        RewardSource.requireDifferentNames(reward, fields);
        EnvironmentSettings environment = fields.optionalSection("environment", EnvironmentSettings::read);
        if (environment == null && reward.isEmpty()) {
            throw fields.invalid(
                    "reward", "no reward function", "at least one", "add '- {model: DIR}' or '- {class: NAME}'");
        }
        if (environment != null && !reward.isEmpty()) {
            throw fields.invalid(
                    "reward", "reward functions", "none, because the environment gives the rewards", "remove them");
        }
        CriticSettings.Init init = reward.stream().anyMatch(source -> source.model() != null)
                ? CriticSettings.Init.REWARD
                : CriticSettings.Init.POLICY;
        if (environment != null) {
            fields.requireAbsent("data", "because the environment gives the states");
        }
        PpoRecipe recipe = new PpoRecipe(
                fields.text("method", METHOD),
                model,
                fields.text("reference", stored.location()),
                ConversationSettings.read(fields),
                reward,
                environment == null ? fields.section("data", DataSettings::read) : null,
                environment,
                fields.section("generation", GenerationSettings::read),
                fields.section("batch", RolloutBatchSettings::read),
                fields.section("critic", critic -> CriticSettings.read(critic, init)),
                fields.section("ppo", ppo -> PpoSettings.read(ppo, environment != null)),
                fields.section("kl", KlSettings::read),
                fields.integer("steps", 100, 1),
                fields.section("optimizer", o -> OptimizerSettings.read(o, 1e-5, Schedule.Shape.LINEAR)),
                fields.section("evaluate", e -> EvaluateSettings.read(e, 20, 0.1)),
                fields.section("checkpoint", c -> CheckpointSettings.read(c, 20)),
                fields.section("rollouts", RolloutSettings::read),
                PrecisionSettings.read(fields),
                fields.texts("plugins"),
                fields.longValue("seed", 0));
        recipe.check(fields, init);
        return recipe;
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

    @Override
    public PpoRecipe withSteps(int value) {
        return new PpoRecipe(
                method,
                model,
                reference,
                conversation,
                reward,
                data,
                environment,
                generation,
                batch,
                critic,
                ppo,
                kl,
                value,
                optimizer,
                evaluate,
                checkpoint,
                rollouts,
                precision,
                plugins,
                seed);
    }
}
