package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;

/**
 * @param rows of data per step: packed rows in SFT, prompts with their comparisons in reward training
 * @param micro sequences that pass through the model at once; memory and speed depend on it, the result does not
 */
public record BatchSettings(int rows, int micro) {
    public static BatchSettings read(SectionReader fields, int rows, int micro) {
        return new BatchSettings(fields.integer("rows", rows, 1), fields.integer("micro", micro, 1));
    }
}
