package dev.attune.cli.evaluation;

import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.rating.Rating;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Wins;
import dev.attune.feedback.judge.PairReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of comparisons between models, for JSON and for tables. */
final class WinsFigures {
    /** Titles of the rows by {@link #row}. */
    static final List<String> TITLES =
            List.of("model", "against", ">win rate", ">at equal length", ">won", ">tied", ">lost", "unscored");

    /** Titles of the rows by {@link #orders}. */
    static final List<String> ORDERS =
            List.of("model", "against", ">pairs", ">consistent", ">half", ">inconsistent", ">first shown");

    /** Titles of the rows by {@link #rows}. */
    static final List<String> STANDINGS = List.of("model", ">strength, 95 % interval", ">pairs");

    private WinsFigures() {}

    /** Everything but the comparisons. */
    static Map<String, Object> of(Wins wins) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("measure", wins.measure());
        figures.put("model", wins.model());
        figures.put("against", wins.against());
        figures.put("readings", wins.readings());
        figures.put("won", wins.won());
        figures.put("tied", wins.tied());
        figures.put("lost", wins.lost());
        figures.put("length_controlled", wins.lengthControlled());
        figures.put("far_from_raw", wins.farFromRaw());
        if (wins.order().pairs() > 0) {
            figures.put("order", order(wins.order()));
        }
        figures.put("notes", wins.notes());
        return figures;
    }

    private static Map<String, Object> order(PairReport order) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pairs", order.pairs());
        figures.put("consistent", order.consistent());
        figures.put("half_consistent", order.halfConsistent());
        figures.put("inconsistent", order.inconsistent());
        figures.put("first_shown", order.firstShown().orElseThrow());
        return figures;
    }

    /** A pair of models as text. */
    static List<String> row(Wins wins) {
        return List.of(
                wins.model(),
                wins.against(),
                SuiteResult.describe(wins.rate()),
                percent(wins.lengthControlled()) + (wins.farFromRaw() ? ", far from the win rate" : ""),
                Long.toString(wins.won()),
                Long.toString(wins.tied()),
                Long.toString(wins.lost()),
                SuiteResult.unscored(wins.rate()));
    }

    /** How the judge treats the order of answers, as text; only of pairs of models for which it was asked in both. */
    static List<List<String>> orders(List<Wins> all) {
        return all.stream()
                .filter(wins -> wins.order().pairs() > 0)
                .map(WinsFigures::orderRow)
                .toList();
    }

    private static List<String> orderRow(Wins wins) {
        PairReport order = wins.order();
        List<String> row = new ArrayList<>(List.of(wins.model(), wins.against(), Integer.toString(order.pairs())));
        for (int count : new int[] {order.consistent(), order.halfConsistent(), order.inconsistent()}) {
            row.add(SuiteResult.number(100.0 * count / order.pairs()) + " %");
        }
        row.add(String.format(Locale.ROOT, "%.3f", order.firstShown().orElseThrow()));
        return row;
    }

    private static String percent(Figure figure) {
        return figure.asOptional().isEmpty()
                ? "none"
                : SuiteResult.number(100 * figure.asOptional().getAsDouble()) + " %";
    }

    /** The models as text, the best first. */
    static List<List<String>> rows(Standings standings) {
        return standings.ratings().ratings().stream()
                .map(rating -> List.of(
                        rating.model(),
                        strength(rating, standings.intervals().get(rating.model())),
                        Long.toString(Math.round(rating.battles()))))
                .toList();
    }

    private static String strength(Rating rating, @Nullable Interval interval) {
        return interval == null ? "none" : rating.strength().describe() + " " + interval.describe();
    }
}
