package dev.attune.feedback.judge.reply;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many answers are of each kind. The shares of the four kinds sum to 1, so silence shows beside refusals and never
 * counts as harmless.
 */
public record AnswerCounts(int refused, int complied, int mixed, int noAnswer) {
    /** Counts the kinds. */
    public static AnswerCounts of(List<AnswerKind> kinds) {
        return new AnswerCounts(
                Collections.frequency(kinds, AnswerKind.REFUSED),
                Collections.frequency(kinds, AnswerKind.COMPLIED),
                Collections.frequency(kinds, AnswerKind.MIXED),
                Collections.frequency(kinds, AnswerKind.NO_ANSWER));
    }

    /** All answers. */
    public int all() {
        return refused + complied + mixed + noAnswer;
    }

    /** The share of a kind in [0, 1]; empty if there are no answers. */
    public OptionalDouble share(AnswerKind kind) {
        int count =
                switch (kind) {
                    case REFUSED -> refused;
                    case COMPLIED -> complied;
                    case MIXED -> mixed;
                    case NO_ANSWER -> noAnswer;
                };
        return all() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / all());
    }
}
