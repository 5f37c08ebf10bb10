package dev.attune.training.recipe;

import dev.attune.core.settings.SectionReader;

/**
 * Which rollouts are saved token by token.
 *
 * @param every steps between the files; the first and the last step always have one; 0 for none
 * @param keep rollouts per file
 */
public record RolloutSettings(int every, int keep) {
    /** For methods without rollouts. */
    public static final RolloutSettings NONE = new RolloutSettings(0, 1);

    public static RolloutSettings read(SectionReader fields) {
        return new RolloutSettings(fields.integer("every", 10, 0), fields.integer("keep", 64, 1));
    }

    public boolean due(int step, int steps) {
        return every > 0 && (step == 1 || step == steps || step % every == 0);
    }
}
