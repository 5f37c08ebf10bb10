package dev.attune.studio.playground;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.store.Judgement;
import java.util.List;
import java.util.Locale;

/** A vote on two answers, A (left) and B (right). */
public enum PairVote implements ConfigNamed {
    LEFT("A is better"),
    TIE("Tie"),
    RIGHT("B is better"),
    BAD("Both are bad");

    private final String label;

    PairVote(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vote as a ranking; {@code shown} has the indices of the left and the right completion. */
    Judgement judgement(String criterion, List<Integer> shown) {
        List<Integer> left = List.of(shown.get(0));
        List<Integer> right = List.of(shown.get(1));
        List<List<Integer>> order =
                switch (this) {
                    case LEFT -> List.of(left, right);
                    case RIGHT -> List.of(right, left);
                    case TIE, BAD -> List.of(List.of(0, 1));
                };
        return new Judgement(criterion, order, List.of(), this == BAD);
    }

    /** The side to continue from: 0 is left. */
    int better() {
        return this == RIGHT ? 1 : 0;
    }
}
