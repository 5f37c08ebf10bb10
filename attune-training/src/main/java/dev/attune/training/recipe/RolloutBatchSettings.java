package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;

/**
 * @param rollouts per step
 * @param micro sequences that pass through the models at once; memory and speed depend on it, the result does not
 */
public record RolloutBatchSettings(int rollouts, int micro) {
    public static RolloutBatchSettings read(SectionReader fields) {
        return new RolloutBatchSettings(fields.integer("rollouts", 64, 1), fields.integer("micro", 16, 1));
    }
}
