package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;

/**
 * @param every steps between checkpoints; 0 for none
 * @param keep how many of the newest stay
 */
public record CheckpointSettings(int every, int keep) {
    public static final CheckpointSettings NONE = new CheckpointSettings(0, 1);

    public static CheckpointSettings read(SectionReader fields, int every) {
        return new CheckpointSettings(fields.integer("every", every, 0), fields.integer("keep", 2, 1));
    }

    public boolean due(int step) {
        return every > 0 && step % every == 0;
    }
}
