package dev.attune.training.preference;

import dev.attune.training.losses.PreferenceObjective;

/**
 * A loss over pairs with the tokens of its supervised term.
 *
 * @param promptLearned whether the supervised term learns the prompt of the chosen side too, as in ORPO
 */
public record PairLoss(PreferenceObjective objective, boolean promptLearned) {
    /** A loss whose supervised term, if it has one, learns the chosen completions. */
    public static PairLoss of(PreferenceObjective objective) {
        return new PairLoss(objective, false);
    }
}
