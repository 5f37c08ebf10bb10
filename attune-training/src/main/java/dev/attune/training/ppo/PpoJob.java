package dev.attune.training.ppo;

import dev.attune.core.data.RowCheck;
import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.data.RunData;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.models.TokenizerMatch;
import dev.attune.training.onpolicy.RecipeRewards;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.run.RunDirectory;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PPO of a policy against the reward functions of a recipe, or in an environment. */
record PpoJob(PpoRecipe recipe, CausalLm policy, Tokenizer tokenizer, PpoTrainer trainer) implements Job {

    static PpoJob open(PpoRecipe recipe, RunContext context) throws IOException {
        ResolvedModel model = context.start();
        ResolvedModel referenceModel = context.parent(recipe.reference(), "reference");
        Tokenizer tokenizer = context.tokenizer(model);
        ConversationEncoder encoder = context.encoder(tokenizer);
        CausalLm policy = context.policy(model);
        PpoTrainer.Builder builder = PpoTrainer.builder(policy, tokenizer)
                .reference(context.reference(referenceModel, tokenizer))
                .encoder(encoder)
                .options(PpoOptions.of(recipe));
        EnvironmentSettings environment = recipe.environment();
        if (!recipe.critic().shared() && recipe.critic().init() == CriticSettings.Init.POLICY) {
            setCritic(context.adaptedCritic(null), builder);
        }
        if (environment == null) {
            RowCheck check = addRewards(recipe, tokenizer, builder, context);
            RunData data = RunData.readPrompts(recipe.run(), encoder, check, context.listener());
            builder.rows(data.train().rows(), data.heldOut());
            context.addData(data.sources());
        } else {
            addEnvironment(environment, builder, context);
        }
        return new PpoJob(recipe, policy, tokenizer, context.own(builder.build()));
    }

    private static void addEnvironment(EnvironmentSettings settings, PpoTrainer.Builder builder, RunContext context)
            throws IOException {
        EnvironmentProvider provider = context.plugins().environment(settings.name());
        String model = settings.model();
        if (model == null) {
            builder.environment(provider.prepare(new EnvironmentSetup(settings.settings(), null)), settings);
            return;
        }
        Path directory = context.parent(model, "environment").directory();
        try (LocalTextModel other = LocalTextModel.open(directory)) {
            builder.environment(provider.prepare(new EnvironmentSetup(settings.settings(), other)), settings);
        }
    }

    /** Returns what the reward functions require of the rows. */
    private static RowCheck addRewards(
            PpoRecipe recipe, Tokenizer policyTokenizer, PpoTrainer.Builder builder, RunContext context)
            throws IOException {
        boolean criticNeeded = recipe.critic().init() == CriticSettings.Init.REWARD;
        List<RecipeRewards.Opened> rewards =
                RecipeRewards.open(recipe.reward(), recipe.batch().micro(), context);
        for (RecipeRewards.Opened reward : rewards) {
            builder.reward(reward.part());
            LocalScoringModel scoring = reward.model();
            if (criticNeeded && scoring != null) {
                TokenizerMatch.requireForCritic(
                        policyTokenizer,
                        scoring.tokenizer(),
                        String.valueOf(reward.source().model()));
                if (!setCritic(context.adaptedCritic(reward.source()), builder)) {
                    builder.criticFrom(scoring.model());
                }
                criticNeeded = false;
            }
        }
        return RecipeRewards.rowCheck(rewards);
    }

    /** Whether there is a critic that shares the policy's base. */
    private static boolean setCritic(@Nullable RewardModel critic, PpoTrainer.Builder builder) {
        if (critic != null) {
            builder.critic(critic);
        }
        return critic != null;
    }

    /** Saves the critic of a policy in an environment next to the policy. */
    @Override
    public void finish(Path run, RunListener listener) {
        if (recipe.environment() == null) {
            return;
        }
        try (RewardModel critic = trainer.criticModel()) {
            Checkpoints.saveReward(run.resolve(RunDirectory.CRITIC), critic, tokenizer, DType.FLOAT32);
        }
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, policy, tokenizer, precision);
    }
}
