package dev.attune.training.onpolicy;

import dev.attune.core.data.RowCheck;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.TextModel;
import dev.attune.core.reward.ProcessReward;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardNames;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.model.config.StepReading;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.training.method.RunContext;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.reward.RewardModelFunction;
import dev.attune.training.reward.WeightedRewards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the reward functions of a recipe. */
public final class RecipeRewards {
    private RecipeRewards() {}

    /**
     * An opened reward function.
     *
     * @param model the reward model behind it, closed with the run; null if it is a class
     */
    public record Opened(
            WeightedRewards.Part part,
            RewardSource source,
            @Nullable LocalScoringModel model) {}

    /**
     * Opens all of them, in order.
     *
     * @param micro sequences that pass through a reward model at once
     */
    public static List<Opened> open(List<RewardSource> sources, int micro, RunContext context) throws IOException {
        List<Opened> opened = new ArrayList<>();
        for (RewardSource source : sources) {
            opened.add(open(source, micro, context));
        }
        return opened;
    }

    private static Opened open(RewardSource source, int micro, RunContext context) throws IOException {
        String location = source.model();
        if (location == null) {
            RewardFunction function = function(source, context);
            return opened(source.nameOr(function.name()), function, source, null);
        }
        LocalScoringModel model = context.rewardModel(source, micro);
        String name = source.nameOr(RewardNames.ofModel(location));
        return opened(name, function(name, source, model), source, model);
    }

    private static RewardFunction function(String name, RewardSource source, LocalScoringModel model) {
        StepReading steps = model.steps();
        StepAggregation aggregation = source.aggregation();
        if (steps != null) {
            return new ProcessReward(name, model, aggregation == null ? steps.aggregation() : aggregation);
        }
        if (aggregation != null) {
            throw BadInputException.at(
                    "reward.aggregation",
                    "'" + aggregation + "' for " + source.model() + ", a reward model of whole completions",
                    "a process reward model",
                    "remove it, or name a model that method: process_reward trained");
        }
        return new RewardModelFunction(name, model);
    }

    private static RewardFunction function(RewardSource source, RunContext context) throws IOException {
        String provider = source.function();
        if (provider == null) {
            return context.plugins().named(String.valueOf(source.className()));
        }
        RewardSetup setup = RewardSetup.of(Objects.requireNonNullElse(source.settings(), Map.of()));
        Map<String, TextModel> models = new LinkedHashMap<>();
        Map<String, String> named = Objects.requireNonNullElse(source.models(), Map.of());
        for (Map.Entry<String, String> model : named.entrySet()) {
            models.put(model.getKey(), context.textModel(model.getValue(), source.template()));
        }
        return context.plugins().reward(provider).open(setup.withModels(models, Map.of()));
    }

    /** What all of these functions require of the rows of prompts. */
    public static RowCheck rowCheck(List<Opened> rewards) {
        List<RowCheck> checks = rewards.stream()
                .map(reward -> reward.part().function().rowCheck())
                .toList();
        return row -> checks.stream()
                .map(check -> check.problem(row))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Opened opened(
            String name, RewardFunction function, RewardSource source, @Nullable LocalScoringModel model) {
        return new Opened(new WeightedRewards.Part(name, function, source.weight()), source, model);
    }
}
