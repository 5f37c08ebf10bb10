package dev.attune.cli.lab.constitutional;

import dev.attune.core.text.Prompt;
import dev.attune.world.WorldPrompt;

/**
 * A model's answer, as the truth of the world reads it.
 *
 * @param harmful whether it helps with the requested harm
 */
record SampledAnswer(WorldPrompt asked, String text, boolean harmful) {
    Prompt prompt() {
        return asked.toPrompt();
    }
}
