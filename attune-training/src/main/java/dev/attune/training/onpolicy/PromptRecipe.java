package dev.attune.training.onpolicy;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.recipe.RunSettings;
import java.util.Objects;

/** The recipe of an on-policy method that learns from completions of prompts. */
public interface PromptRecipe extends Recipe {
    /** The settings that all these methods have, unwrapped: their keys are at the top level of the file. */
    PromptSettings prompt();

    /** How a step's completions are used. */
    Plan plan();

    @Override
    default RunSettings run() {
        return prompt().run();
    }

    @Override
    default RolloutSettings rollouts() {
        return prompt().rollouts();
    }

    /**
     * How a step's completions are used.
     *
     * @param section the recipe's section of the method
     * @param group completions per prompt
     * @param samplingRounds as in {@link OnPolicyOptions}
     * @param passes over a step's completions
     * @param minibatches updates per pass
     */
    record Plan(String section, int group, int samplingRounds, int passes, int minibatches) {
        private void requireWholeGroups(SectionReader fields, PromptSettings prompt) {
            if (prompt.batch().rollouts() % group != 0) {
                throw fields.invalid(
                        "batch",
                        "rollouts " + prompt.batch().rollouts(),
                        "a multiple of " + section + ".num_generations, which is " + group,
                        "change one of the two");
            }
        }
    }

    /**
     * The recipe itself.
     *
     * @throws dev.attune.core.error.BadInputException if the completions of a step are not whole groups
     */
    static <R extends PromptRecipe> R checked(R recipe, SectionReader fields) {
        recipe.plan().requireWholeGroups(fields, recipe.prompt());
        return recipe;
    }

    /** The options of the on-policy core. */
    default OnPolicyOptions options(ScoreRule rule, KlSettings kl) {
        PromptSettings prompt = prompt();
        Plan plan = plan();
        return new OnPolicyOptions(
                plan.section,
                Objects.requireNonNull(steps()),
                prompt.batch().rollouts(),
                plan.group,
                plan.samplingRounds,
                prompt.batch().micro(),
                plan.passes,
                plan.minibatches,
                prompt.generation(),
                rule,
                kl,
                optimizer(),
                null,
                evaluate().limit(),
                prompt.order(),
                prompt.order() == DataOrder.SHUFFLED,
                seed());
    }
}
