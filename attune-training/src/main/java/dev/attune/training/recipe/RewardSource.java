package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reward function of a weighted sum: a reward model's directory, the name of a Java class, or the name of a function with
 * settings. A class is looked up
 * among the services of {@link dev.attune.core.reward.RewardFunction} by name or simple name first, then loaded by
 * name.
 *
 * @param model a directory, {@code hf:owner/name} or {@code stage:NAME}; null if it is another kind
 * @param className written {@code class} in a recipe; null if it is another kind
 * @param function the name of a {@link dev.attune.core.reward.RewardProvider}; null if it is another kind
 * @param settings of the function, by name; null if it has none
 * @param models language models that the function uses, by the names that it gives them; null if it uses none
 * @param template the template for conversations, as in {@link ConversationSettings#template()}; null: the model's own,
 *     or the recipe's if it has none
 * @param name of its metric {@code scores/NAME}; null: the last meaningful part of the model's path, or the class's own
 *     name
 * @param aggregation of the steps' probabilities, only with a process reward model; null: the model's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RewardSource(
        @Nullable String model,
        @JsonProperty("class") @Nullable String className,
        @Nullable String function,
        @Nullable Map<String, String> settings,
        @Nullable Map<String, String> models,
        double weight,
        @Nullable String template,
        @Nullable String name,
        @Nullable StepAggregation aggregation) {
    private static final String ALLOWED = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*";

    public static RewardSource read(SectionReader fields) {
        Map<String, String> settings = fields.textMap("settings");
        Map<String, String> models = fields.textMap("models");
        RewardSource source = new RewardSource(
                fields.optionalText("model"),
                fields.optionalText("class"),
                fields.optionalText("function"),
                settings.isEmpty() ? null : settings,
                models.isEmpty() ? null : models,
                fields.number("weight", 1, Range.ANY),
                fields.optionalText("template"),
                fields.optionalText("name"),
                fields.optionalText("aggregation") == null ? null : fields.choice("aggregation", StepAggregation.MIN));
        long kinds = Stream.of(source.model, source.className, source.function)
                .filter(Objects::nonNull)
                .count();
        if (kinds != 1) {
            throw fields.invalid(
                    "model",
                    kinds == 0 ? "neither a model nor a class nor a function" : "several kinds of reward",
                    "one of model, class and function",
                    "name a reward model's directory, a Java class, or a function such as numeric_answer");
        }
        if (source.settings != null && source.function == null) {
            throw fields.invalid("settings", "settings", "none, because only a function has them", "remove them");
        }
        if (source.models != null && source.function == null) {
            throw fields.invalid("models", "models", "none, because only a function uses them", "remove them");
        }
        if (source.aggregation != null && source.model == null) {
            throw fields.invalid(
                    "aggregation",
                    "aggregation",
                    "none, because only a process reward model has steps",
                    "remove it, or name a process reward model");
        }
        if (source.name != null && !source.name.matches(ALLOWED)) {
            throw fields.invalid(
                    "name",
                    "'" + source.name + "'",
                    "letters, digits, spaces, dots, - and _, with a letter or digit first",
                    "choose another");
        }
        return source;
    }

    /**
     * The reward functions of a recipe.
     *
     * @param needed whether there has to be one
     * @throws BadInputException if there is none, or two are given the same name
     */
    public static List<RewardSource> readAll(SectionReader fields, boolean needed) {
        List<RewardSource> sources = fields.sections("reward", RewardSource::read);
        requireDifferentNames(sources, fields);
        if (needed && sources.isEmpty()) {
            throw fields.invalid(
                    "reward", "no reward function", "at least one", "add '- {model: DIR}' or '- {class: NAME}'");
        }
        return sources;
    }

    /** @throws BadInputException if two sources are given the same name */
    private static void requireDifferentNames(List<RewardSource> sources, SectionReader fields) {
        Set<String> names = new HashSet<>();
        for (RewardSource source : sources) {
            if (source.name != null && !names.add(source.name)) {
                throw fields.invalid("reward", "the name '" + source.name + "' twice", "different names", "change one");
            }
        }
    }

    /** The name that the recipe gives, or another if it gives none. */
    public String nameOr(String other) {
        return name == null ? other : name;
    }
}
