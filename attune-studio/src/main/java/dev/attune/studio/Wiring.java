package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.studio.inspect.TokenNames;
import dev.attune.studio.loop.PolicyMethod;
import dev.attune.studio.loop.RecipeCheck;
import dev.attune.studio.run.TrainCommandLine;
import java.util.List;

/**
 * What the studio gets from the program that starts it: models, training, recipe checks, token texts.
 *
 * @param methods with which policies can be trained, the usual one first
 */
public record Wiring(
        Models models, TrainCommandLine train, RecipeCheck recipes, List<PolicyMethod> methods, TokenNames tokens) {
    private static final TrainCommandLine NO_TRAINING = arguments -> {
        throw missing();
    };

    /** For ranking alone. */
    public static final Wiring NONE = new Wiring(
            Models.NONE,
            NO_TRAINING,
            (place, yaml) -> {
                throw missing();
            },
            List.of(),
            TokenNames.NUMBERS);

    /** With models, and without training. */
    public static Wiring of(Models models) {
        return new Wiring(models, NONE.train, NONE.recipes, NONE.methods, NONE.tokens);
    }

    public Wiring withTokens(TokenNames value) {
        return new Wiring(models, train, recipes, methods, value);
    }

    private static BadInputException missing() {
        return BadInputException.at("studio", "no engine", "a studio that trains", "start it with 'attune studio'");
    }

    boolean trains() {
        return train != NO_TRAINING;
    }
}
