package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.studio.loop.RecipeCheck;
import dev.attune.studio.run.TrainCommand;

/** What the studio has from those who know models and training. */
public record Wiring(Models models, TrainCommand train, RecipeCheck recipes) {
    /** For ranking alone. */
    public static final Wiring NONE = new Wiring(
            address -> {
                throw missing();
            },
            arguments -> {
                throw missing();
            },
            (place, yaml) -> {
                throw missing();
            });

    private static BadInputException missing() {
        return BadInputException.at(
                "studio", "no engine", "one that trains and generates", "start it with 'attune studio'");
    }

    boolean trains() {
        return !equals(NONE);
    }
}
