package dev.attune.feedback.evaluation;

import dev.attune.core.stats.Figure;
import dev.attune.core.stats.winrate.LengthControlledWinRate;
import dev.attune.core.stats.winrate.LengthModel;
import dev.attune.feedback.evaluation.Comparison.Outcome;
import dev.attune.feedback.judge.PairReport;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a model's answers are better than another's.
 *
 * @param measure its name
 * @param readings the win rate over all prompts, then by category: the mean share of the win, with prompts as the unit of
 *     the interval
 * @param won pairs with a share above one half
 * @param tied pairs with a share of one half, or with opposite sides in the two orders
 * @param lost pairs with a share below one half
 * @param lengthControlled the win rate at equal lengths (AlpacaEval 2), or why there is none
 * @param farFromRaw whether it differs from the win rate by at least 0.1
 * @param order how the judge treats the order of answers; without pairs if it was asked in no order
 * @param comparisons one per prompt
 * @param notes on the figures, a line each
 */
public record Wins(
        String measure,
        String model,
        String against,
        List<Reading> readings,
        long won,
        long tied,
        long lost,
        Figure lengthControlled,
        boolean farFromRaw,
        PairReport order,
        List<Comparison> comparisons,
        List<String> notes) {
    public Wins {
        readings = List.copyOf(readings);
        comparisons = List.copyOf(comparisons);
        notes = List.copyOf(notes);
    }

    /** @param before notes that come first */
    static Wins of(String measure, String model, String against, List<Comparison> comparisons, List<String> before) {
        List<String> notes = new ArrayList<>(before);
        LengthControlledWinRate lengths = LengthControlledWinRate.of(
                comparisons.stream().map(Comparison::lengths).toList(), LengthModel.MINIMAL);
        notes.addAll(notes(comparisons, lengths));
        return new Wins(
                measure,
                model,
                against,
                new Readings(comparisons.stream().map(Comparison::item).toList())
                        .rate(Comparison.WIN_RATE, Goal.HIGHER)
                        .list(),
                count(comparisons, Outcome.WON),
                count(comparisons, Outcome.TIED),
                count(comparisons, Outcome.LOST),
                lengths.rate(),
                lengths.isFarFromRaw(),
                PairReport.of(comparisons.stream().map(Comparison::judgement).toList()),
                comparisons,
                notes);
    }

    /** The win rate over all prompts. */
    public Reading rate() {
        return readings.get(0);
    }

    private static long count(List<Comparison> comparisons, Outcome outcome) {
        return comparisons.stream().filter(one -> one.outcome() == outcome).count();
    }

    private static List<String> notes(List<Comparison> comparisons, LengthControlledWinRate lengths) {
        List<String> notes = new ArrayList<>();
        long equal = comparisons.stream().filter(Comparison::ofEqualAnswers).count();
        if (equal > 0) {
            notes.add(equal + " of " + comparisons.size() + " pairs of answers are equal, and count as ties");
        }
        if (lengths.rate() instanceof Figure.Undefined none) {
            notes.add("no length-controlled win rate: " + none.reason());
        }
        notes.addAll(lengths.notes());
        return notes;
    }
}
