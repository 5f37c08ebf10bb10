package dev.attune.cli.evaluation;

import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Wins;
import dev.attune.feedback.evaluation.WinsSummary;
import java.util.ArrayList;
import java.util.List;

/** The figures of comparisons between models, for tables. */
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

    /** A pair of models as text. */
    static List<String> row(Wins wins) {
        WinsSummary summary = wins.figures();
        return List.of(
                summary.model(),
                summary.against(),
                summary.rate().describe(),
                summary.describeLengthControlled(),
                Long.toString(summary.won()),
                Long.toString(summary.tied()),
                Long.toString(summary.lost()),
                summary.rate().describeUnscored());
    }

    /** How the judge treats the order of answers, as text; only of pairs of models for which it was asked in both. */
    static List<List<String>> orders(List<Wins> all) {
        List<List<String>> rows = new ArrayList<>();
        for (Wins wins : all) {
            WinsSummary.Order order = wins.figures().order();
            if (order != null) {
                List<String> row = new ArrayList<>(List.of(wins.model(), wins.against()));
                row.addAll(order.describe());
                rows.add(row);
            }
        }
        return rows;
    }

    /** The models as text, the best first. */
    static List<List<String>> rows(Standings standings) {
        return standings.ratings().ratings().stream()
                .map(rating -> List.of(
                        rating.model(), standings.describe(rating), Long.toString(Math.round(rating.battles()))))
                .toList();
    }
}
