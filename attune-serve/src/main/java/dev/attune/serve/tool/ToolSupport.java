package dev.attune.serve.tool;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.serve.model.ModelTexts;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * What a model's template and tokens mean for tools.
 *
 * @param marker finds the tag of a call
 * @param closing the tokens of the closing tag
 */
public record ToolSupport(ToolTemplate template, MarkerTokens marker, int[] closing) {
    public static ToolSupport of(ModelTexts texts, int vocabularySize) {
        return new ToolSupport(
                ToolTemplate.of(texts),
                new MarkerTokens(texts, vocabularySize, ToolText.OPEN),
                texts.plainTokens(ToolText.CLOSE));
    }

    /** A constraint for the calls in a text that is free otherwise. */
    public Supplier<TokenConstraint> free(Supplier<TokenConstraint> calls, boolean parallel) {
        return () -> new FreeCallConstraint(marker, calls, closing, parallel);
    }

    /** A constraint for one call, or an answer of another form in its place. */
    public Supplier<TokenConstraint> callOr(Supplier<TokenConstraint> answer, Supplier<TokenConstraint> calls) {
        BitSet first = marker.continuing(0);
        return () ->
                new CallOrAnswer(marker, new FreeCallConstraint(marker, calls, closing, false), answer.get(), first);
    }
}
