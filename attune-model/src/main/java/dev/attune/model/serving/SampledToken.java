package dev.attune.model.serving;

import java.util.List;

/**
 * A token of an answer, or of a prompt whose log-probabilities were asked for.
 *
 * @param logProb natural-log probability under the model's own distribution at temperature 1 (or the request's, if it asks for
 *     that), before biases, penalties and filters, finite; NaN where none was asked for, and for a prompt's first token
 * @param top the most probable tokens, most probable first; empty if none were asked for
 */
public record SampledToken(int id, float logProb, List<Alternative> top) {
    /** A token that could have come. */
    public record Alternative(int id, float logProb) {}
}
