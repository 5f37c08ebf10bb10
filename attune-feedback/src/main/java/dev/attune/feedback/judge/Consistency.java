package dev.attune.feedback.judge;

import java.util.List;
import java.util.Optional;

/** Whether a judge prefers the same answer in both orders. */
public enum Consistency {
    CONSISTENT,
    /** A tie in one order, a side in the other. */
    HALF,
    INCONSISTENT;

    /** The consistency of a pair; empty if it was not scored in both orders. */
    public static Optional<Consistency> of(Judgement judgement) {
        List<Double> shown = judgement.opinions().stream()
                .flatMap(opinion -> opinion.verdict().scoredValue().stream())
                .toList();
        boolean both =
                judgement.opinions().stream().map(Opinion::asked).toList().equals(PairJudge.ORDERS);
        return both && shown.size() == 2 ? Optional.of(of(shown.get(0), 1 - shown.get(1))) : Optional.empty();
    }

    private static Consistency of(double first, double turnedBack) {
        int side = Double.compare(first, 0.5);
        int other = Double.compare(turnedBack, 0.5);
        if (side == other) {
            return CONSISTENT;
        }
        return side == 0 || other == 0 ? HALF : INCONSISTENT;
    }
}
