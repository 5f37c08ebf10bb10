package dev.attune.studio.playground;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.store.Judgement;
import java.util.List;
import java.util.Locale;

/** What somebody thinks of two answers: A, which stands left, and B. */
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

    /** The same as a ranking of the completions, of which {@code shown} says which stood left and which right. */
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

    /** Which side a conversation best continues from: 0 is left. */
    int better() {
        return this == RIGHT ? 1 : 0;
    }
}
