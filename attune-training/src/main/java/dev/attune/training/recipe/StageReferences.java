package dev.attune.training.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The keys of a recipe that may be {@code stage:NAME}. */
public final class StageReferences {
    private static final String PREFIX = "stage:";

    private StageReferences() {}

    /** The names of the stages that a recipe refers to. */
    public static List<String> of(Recipe recipe) {
        List<String> names = new ArrayList<>();
        map(recipe, location -> {
            if (location.startsWith(PREFIX)) {
                names.add(location.substring(PREFIX.length()));
            }
            return location;
        });
        return names;
    }

    /** The recipe with each reference replaced by the stage's model directory. */
    public static Recipe resolve(Recipe recipe, Map<String, String> models) {
        return map(
                recipe,
                location -> location.startsWith(PREFIX)
                        ? Objects.requireNonNull(models.get(location.substring(PREFIX.length())), location)
                        : location);
    }

    private static Recipe map(Recipe recipe, UnaryOperator<String> change) {
        if (recipe instanceof SftRecipe sft) {
            return new SftRecipe(
                    sft.method(),
                    model(sft.model(), change),
                    sft.conversation(),
                    sft.data(),
                    sft.demonstrations(),
                    sft.batch(),
                    sft.packing(),
                    sft.lossOn(),
                    sft.epochs(),
                    sft.steps(),
                    sft.optimizer(),
                    sft.evaluate(),
                    sft.checkpoint(),
                    sft.precision(),
                    sft.plugins(),
                    sft.seed());
        }
        if (recipe instanceof RewardRecipe reward) {
            return new RewardRecipe(
                    reward.method(),
                    model(reward.model(), change),
                    reward.conversation(),
                    reward.head(),
                    reward.trainable(),
                    reward.data(),
                    reward.batch(),
                    reward.comparison(),
                    reward.gate(),
                    reward.epochs(),
                    reward.steps(),
                    reward.optimizer(),
                    reward.evaluate(),
                    reward.checkpoint(),
                    reward.precision(),
                    reward.plugins(),
                    reward.seed());
        }
        PpoRecipe ppo = (PpoRecipe) recipe;
        return new PpoRecipe(
                ppo.method(),
                model(ppo.model(), change),
                change.apply(ppo.reference()),
                ppo.conversation(),
                ppo.reward().stream().map(source -> reward(source, change)).toList(),
                ppo.data(),
                environment(ppo.environment(), change),
                ppo.generation(),
                ppo.batch(),
                ppo.critic(),
                ppo.ppo(),
                ppo.kl(),
                ppo.steps(),
                ppo.optimizer(),
                ppo.evaluate(),
                ppo.checkpoint(),
                ppo.rollouts(),
                ppo.precision(),
                ppo.plugins(),
                ppo.seed());
    }

    private static ModelSource model(ModelSource source, UnaryOperator<String> change) {
        if (source instanceof ModelSource.Stored stored) {
            return new ModelSource.Stored(change.apply(stored.location()));
        }
        ModelSource.Fresh fresh = (ModelSource.Fresh) source;
        String tokenizer = fresh.tokenizer();
        return new ModelSource.Fresh(
                tokenizer == null ? null : change.apply(tokenizer),
                fresh.vocabulary(),
                fresh.width(),
                fresh.mlp(),
                fresh.layers(),
                fresh.heads(),
                fresh.keyValueHeads(),
                fresh.context(),
                fresh.initializerRange(),
                fresh.tied(),
                fresh.prefixSpace());
    }

    private static @Nullable EnvironmentSettings environment(
            @Nullable EnvironmentSettings environment, UnaryOperator<String> change) {
        if (environment == null) {
            return null;
        }
        String model = environment.model();
        return environment.withModel(model == null ? null : change.apply(model));
    }

    private static RewardSource reward(RewardSource source, UnaryOperator<String> change) {
        String model = source.model();
        return model == null ? source : source.withModel(change.apply(model));
    }
}
