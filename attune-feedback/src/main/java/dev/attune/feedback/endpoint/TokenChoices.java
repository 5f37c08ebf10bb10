package dev.attune.feedback.endpoint;

import dev.attune.core.model.TextCompletion;
import java.util.List;

/**
 * A completion with the tokens that were most probable at each of its positions.
 *
 * @param positions one per token of the completion; empty if the server reports none
 */
public record TokenChoices(TextCompletion completion, List<Position> positions) {
    public TokenChoices {
        positions = List.copyOf(positions);
    }

    /**
     * A token of a completion.
     *
     * @param text as generated, with its blanks
     * @param top the most probable tokens there, the generated one usually among them
     */
    public record Position(String text, List<Choice> top) {
        public Position {
            top = List.copyOf(top);
        }
    }

    /** A possible token with the natural log of its probability. */
    public record Choice(String text, double logProbability) {}
}
