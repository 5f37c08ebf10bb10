package dev.attune.feedback.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.stats.Figure;
import dev.attune.feedback.judge.PairReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Wins without their comparisons.
 *
 * @param readings the win rate over all prompts, then by category
 * @param order how the judge treats the order of answers; null if it was asked in no order
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
    /** The figures of wins. */
    public static WinsSummary of(Wins wins) {
        return new WinsSummary(
                wins.measure(),
                wins.model(),
                wins.against(),
                wins.readings(),
                wins.won(),
                wins.tied(),
                wins.lost(),
                wins.lengthControlled(),
                wins.farFromRaw(),
                wins.order().pairs() > 0 ? Order.of(wins.order()) : null,
                wins.notes());
    }

    /**
     * How the judge treats the order of answers.
     *
     * @param pairs with a verdict in both orders
     * @param firstShown mean probability given to the answer that is shown first
     */
    public record Order(int pairs, int consistent, int halfConsistent, int inconsistent, double firstShown) {
        private static Order of(PairReport order) {
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
