package dev.attune.training.onpolicy;

import dev.attune.core.data.RowCheck;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.data.RunData;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.reward.WeightedRewards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy that is trained on completions of prompts, without a critic. */
public record OnPolicyJob(CausalLm policy, Tokenizer tokenizer, OnPolicyTrainer trainer) implements Job {
    /**
     * Loads the models and data of a recipe.
     *
     * @param measuresKl whether a reference is needed
     */
    public static OnPolicyJob open(
            PromptRecipe recipe,
            OnPolicyOptions options,
            boolean measuresKl,
            AdvantagePhase advantages,
            PolicyUpdate update,
            RunContext context)
            throws IOException {
        ResolvedModel model = context.start();
        Tokenizer tokenizer = context.tokenizer(model);
        ConversationEncoder encoder = context.encoder(tokenizer);
        CausalLm policy = context.policy(model);
        List<RecipeRewards.Opened> rewards = RecipeRewards.open(
                recipe.prompt().reward(), recipe.prompt().batch().micro(), context);
        OnPolicyTrainer.Builder builder = OnPolicyTrainer.builder(policy, options)
                .rollouts(rollouts(recipe, options, policy, encoder, RecipeRewards.rowCheck(rewards), context))
                .rewards(weighted(rewards))
                .advantages(advantages)
                .update(update);
        if (measuresKl) {
            builder.reference(context.reference(context.parent(recipe.prompt().reference(), "reference"), tokenizer));
        } else {
            builder.withoutReference();
        }
        return new OnPolicyJob(policy, tokenizer, context.own(builder.build()));
    }

    private static Rollouts rollouts(
            PromptRecipe recipe,
            OnPolicyOptions options,
            CausalLm policy,
            ConversationEncoder encoder,
            RowCheck rewards,
            RunContext context)
            throws IOException {
        CompletionsSettings stored = recipe.prompt().completions();
        if (stored != null) {
            StoredRollouts rollouts = StoredRollouts.read(
                    stored, encoder, options, !recipe.prompt().reward().isEmpty());
            context.addData(List.of(rollouts.source()));
            return rollouts;
        }
        RunData data = RunData.readPrompts(recipe.run(), encoder, rewards, context.listener());
        context.addData(data.sources());
        return new PromptRollouts(
                policy, encoder, PromptItem.ofRows(data.train().rows()), PromptItem.ofRows(data.heldOut()), options);
    }

    /** Null if the stored completions have their rewards. */
    private static @Nullable WeightedRewards weighted(List<RecipeRewards.Opened> rewards) {
        return rewards.isEmpty()
                ? null
                : new WeightedRewards(
                        rewards.stream().map(RecipeRewards.Opened::part).toList());
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, policy, tokenizer, precision);
    }
}
