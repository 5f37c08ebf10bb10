package dev.attune.core.stats.rating;

import dev.attune.core.error.BadInputException;

/**
 * One comparison of two models.
 *
 * @param outcome for a: 1 if it won, 0 if it lost, 0.5 for a tie (also if both were bad), or a mean of such verdicts
 */
public record Battle(String a, String b, double outcome) {
    public Battle {
        if (a.equals(b)) {
            throw BadInputException.at("a battle", a + " against itself", "two models", "leave such rows out");
        }
        if (!(outcome >= 0 && outcome <= 1)) {
            throw BadInputException.at(
                    "the battle of " + a + " and " + b,
                    "the outcome " + outcome,
                    "a number in [0, 1]",
                    "leave out battles without a verdict");
        }
    }
}
