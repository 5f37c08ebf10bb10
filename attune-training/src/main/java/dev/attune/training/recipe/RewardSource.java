package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One reward function of a weighted sum: a reward model's directory, or the name of a Java class. A class is looked up
 * among the services of {@link dev.attune.core.reward.RewardFunction} by name or simple name first, then loaded by name.
 *
 * @param model a directory, {@code hf:owner/name} or {@code stage:NAME}; null where {@code className} is set
 * @param className written {@code class} in a recipe
 * @param template how a model reads conversations, as in {@link Recipe#template()}; null: its own way, and where it has
 *     none the recipe's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RewardSource(
        @Nullable String model,
        @JsonProperty("class") @Nullable String className,
        double weight,
        @Nullable String template) {
    static RewardSource read(Fields fields) {
        RewardSource source = new RewardSource(
                fields.optionalText("model"),
                fields.optionalText("class"),
                fields.number("weight", 1, Range.ANY),
                fields.optionalText("template"));
        if ((source.model == null) == (source.className == null)) {
            throw fields.wrong(
                    "model",
                    source.model == null ? "neither a model nor a class" : "both a model and a class",
                    "one of them",
                    "name a reward model's directory or a Java class");
        }
        return source;
    }
}
