package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.training.optimizer.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training a reward model on preferences or rankings.
 *
 * @param model the language model whose backbone it starts from, or a reward model to continue from
 * @param epochs passes over the data if {@code steps} is null
 */
public record RewardRecipe(
        String method,
        ModelSource model,
        @JsonUnwrapped ConversationSettings conversation,
        HeadSettings head,
        Trainable trainable,
        DataSettings data,
        BatchSettings batch,
        ComparisonSettings comparison,
        GateSettings gate,
        int epochs,
        @Nullable Integer steps,
        OptimizerSettings optimizer,
        EvaluateSettings evaluate,
        CheckpointSettings checkpoint,
        @JsonUnwrapped PrecisionSettings precision,
        List<String> plugins,
        long seed)
        implements Recipe {
    static final String METHOD = "reward";

    static RewardRecipe read(SectionReader fields) {
        RewardRecipe recipe = new RewardRecipe(
                fields.text("method", METHOD),
                ModelSource.read(fields),
                ConversationSettings.read(fields),
                fields.section("head", HeadSettings::read),
                Trainable.read(fields),
                fields.section("data", DataSettings::read),
                fields.section("batch", batch -> BatchSettings.read(batch, 16, 32)),
                fields.section("comparison", ComparisonSettings::read),
                fields.section("gate", GateSettings::read),
                fields.integer("epochs", 1, 1),
                fields.optionalInteger("steps", 1),
                fields.section("optimizer", o -> OptimizerSettings.read(o, 1e-4, Schedule.Shape.LINEAR)),
                fields.section("evaluate", e -> EvaluateSettings.read(e, 50, 0.1)),
                fields.section("checkpoint", c -> CheckpointSettings.read(c, 100)),
                PrecisionSettings.read(fields),
                fields.texts("plugins"),
                fields.longValue("seed", 0));
        if (recipe.gate.require() && recipe.evaluate.data() == null && recipe.evaluate.split() == 0) {
            throw fields.invalid(
                    "gate",
                    "require: true",
                    "held-out pairs for the gate, and evaluate.split is 0",
                    "raise evaluate.split or name evaluate.data");
        }
        return recipe;
    }

    @Override
    public RewardRecipe withSteps(int value) {
        return new RewardRecipe(
                method,
                model,
                conversation,
                head,
                trainable,
                data,
                batch,
                comparison,
                gate,
                epochs,
                value,
                optimizer,
                evaluate,
                checkpoint,
                precision,
                plugins,
                seed);
    }
}
