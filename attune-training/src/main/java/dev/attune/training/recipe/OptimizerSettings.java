package dev.attune.training.recipe;

import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * AdamW, its schedule and clipping.
 *
 * @param epsilon added to the root of the second moment after bias correction, as PyTorch does; 1e-5 as in the PPO
 *     implementations, not PyTorch's 1e-8
 * @param weightDecay decoupled, only on matrices
 * @param warmUp steps of linear warm-up
 * @param warmUpRatio share of all steps that are warm-up, rounded up; 0 if {@code warmUp} gives the number
 * @param warmUpStyle whether the first step of the warm-up has a rate above 0, or the rate 0 as in transformers
 * @param maxGradNorm the gradient's global norm is scaled down to this; null switches clipping off
 */
@RecordBuilder
public record OptimizerSettings(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        Schedule.Shape schedule,
        int warmUp,
        double warmUpRatio,
        Schedule.WarmUp warmUpStyle,
        @Nullable Double maxGradNorm)
        implements OptimizerSettingsBuilder.With {

    /** Settings with a warm-up of this number of steps in Attune's style. */
    public OptimizerSettings(
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            Schedule.Shape schedule,
            int warmUp,
            @Nullable Double maxGradNorm) {
        this(
                learningRate,
                beta1,
                beta2,
                epsilon,
                weightDecay,
                schedule,
                warmUp,
                0,
                Schedule.WarmUp.ATTUNE,
                maxGradNorm);
    }

    public static OptimizerSettings read(SectionReader fields, double learningRate, Schedule.Shape schedule) {
        OptimizerSettings settings = new OptimizerSettings(
                fields.number("learning_rate", learningRate, Range.NOT_NEGATIVE),
                fields.number("beta1", 0.9, Range.PROPER_FRACTION),
                fields.number("beta2", 0.999, Range.PROPER_FRACTION),
                fields.number("epsilon", 1e-5, Range.POSITIVE),
                fields.number("weight_decay", 0, Range.NOT_NEGATIVE),
                fields.choice("schedule", schedule),
                fields.integer("warm_up", 0, 0),
                fields.number("warm_up_ratio", 0, Range.FRACTION),
                fields.choice("warm_up_style", Schedule.WarmUp.ATTUNE),
                fields.nullableNumber("max_grad_norm", 1.0, Range.POSITIVE));
        if (settings.warmUp > 0 && settings.warmUpRatio > 0) {
            throw fields.invalid(
                    "warm_up_ratio",
                    "a ratio in addition to warm_up: " + settings.warmUp,
                    "either warm_up or warm_up_ratio",
                    "remove one of the two");
        }
        return settings;
    }

    /** The defaults with this rate and schedule. */
    public static OptimizerSettings of(double learningRate, Schedule.Shape schedule) {
        return new OptimizerSettings(learningRate, 0.9, 0.999, 1e-5, 0, schedule, 0, 1.0);
    }

    /** The schedule of a run of this many steps. */
    public Schedule schedule(int steps) {
        int warm = warmUpRatio > 0 ? (int) Math.ceil(steps * warmUpRatio) : warmUp;
        return new Schedule(schedule, warmUpStyle, warm, steps);
    }
}
