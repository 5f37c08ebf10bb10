package dev.attune.training.processreward;

import dev.attune.core.reward.steps.LearnedLabels;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.settings.SectionReader;
import dev.attune.model.config.StepReading;

/**
 * The section {@code process_reward} of a recipe.
 *
 * @param stepMark the text that ends each step, not empty
 * @param labels which labels are learned
 * @param aggregation of the probabilities of steps to the score of a solution; kept in the model's config.json
 */
public record ProcessRewardSettings(String stepMark, LearnedLabels labels, StepAggregation aggregation) {
    public static final ProcessRewardSettings DEFAULT = new ProcessRewardSettings(
            StepReading.DEFAULT.mark(), LearnedLabels.UP_TO_FIRST_ERROR, StepReading.DEFAULT.aggregation());

    static ProcessRewardSettings read(SectionReader fields) {
        String mark = fields.text("step_mark", DEFAULT.stepMark);
        if (mark.isEmpty()) {
            throw fields.invalid("step_mark", "an empty text", "the text that ends a step", "write \"\\n\" for a line");
        }
        return new ProcessRewardSettings(
                mark, fields.choice("labels", DEFAULT.labels), fields.choice("aggregation", DEFAULT.aggregation));
    }

    /** How the trained model reads steps. */
    StepReading reading() {
        return new StepReading(stepMark, aggregation);
    }
}
