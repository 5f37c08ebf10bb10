package dev.attune.feedback.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.winrate.LengthControlledWinRate;
import dev.attune.core.stats.winrate.LengthModel;
import dev.attune.feedback.evaluation.Comparison.Outcome;
import dev.attune.feedback.judge.PairReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The figures of wins.
 *
 * @param measure its name
 * @param readings the win rate over all prompts, then by category: the mean share of the win, with prompts as the unit of
 *     the interval
 * @param won pairs with a share above one half
 * @param tied pairs with a share of one half, or with opposite sides in the two orders
 * @param lost pairs with a share below one half
 * @param lengthControlled the win rate at equal lengths (AlpacaEval 2), or why there is none
 * @param farFromRaw whether it differs from the win rate by at least 0.1
 * @param order how the judge treats the order of answers; null if it was asked in no order
 * @param notes on the figures, a line each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WinsSummary(
        String measure,
        String model,
        String against,
        List<Reading> readings,
        long won,
        long tied,
        long lost,
        Figure lengthControlled,
        boolean farFromRaw,
        @Nullable Order order,
        List<String> notes) {
    public WinsSummary {
        readings = List.copyOf(readings);
        notes = List.copyOf(notes);
    }

    /** @param before notes that come first */
    static WinsSummary of(
            String measure, String model, String against, List<Comparison> comparisons, List<String> before) {
        List<String> notes = new ArrayList<>(before);
        LengthControlledWinRate lengths = LengthControlledWinRate.of(
                comparisons.stream().map(Comparison::lengths).toList(), LengthModel.MINIMAL);
        notes.addAll(notes(comparisons, lengths));
        return new WinsSummary(
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
                Order.of(PairReport.of(
                        comparisons.stream().map(Comparison::judgement).toList())),
                notes);
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

    /**
     * How the judge treats the order of answers.
     *
     * @param pairs with a verdict in both orders
     * @param firstShown mean probability given to the answer that is shown first
     */
    public record Order(int pairs, int consistent, int halfConsistent, int inconsistent, double firstShown) {
        /** Null without pairs. */
        private static @Nullable Order of(PairReport order) {
            if (order.pairs() == 0) {
                return null;
            }
            return new Order(
                    order.pairs(),
                    order.consistent(),
                    order.halfConsistent(),
                    order.inconsistent(),
                    order.firstShown().orElseThrow());
        }

        /** Pairs, their shares that are consistent, half consistent and inconsistent, and the first shown as text. */
        public List<String> describe() {
            return List.of(
                    Integer.toString(pairs),
                    share(consistent),
                    share(halfConsistent),
                    share(inconsistent),
                    String.format(Locale.ROOT, "%.3f", firstShown));
        }

        private String share(int count) {
            return percent((double) count / pairs);
        }
    }

    /** The win rate over all prompts. */
    public Reading rate() {
        return readings.get(0);
    }

    /** The win rate at equal length as text. */
    public String describeLengthControlled() {
        return lengthControlled.asOptional().isEmpty()
                ? "none"
                : percent(lengthControlled.asOptional().getAsDouble()) + (farFromRaw ? ", far from the win rate" : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
