package dev.attune.cli.evaluation;

import dev.attune.cli.report.Page;
import dev.attune.cli.report.SideBySide;
import dev.attune.feedback.evaluation.Comparison;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Wins;
import dev.attune.feedback.judge.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The models against each other under one measure, as a part of the page: tables, and behind them every comparison. */
final class WinsSection {
    private static final String ORDERS =
            "Below each answer on the left, \"A, B\" is the judge's probability that it is better when"
                    + " it is shown first, and \"B, A\" that the answer on the right is better when that one is shown first.";

    private WinsSection() {}

    static void add(Page page, List<Wins> all) {
        page.heading("win rates")
                .table(WinsFigures.TITLES, all.stream().map(WinsFigures::row).toList());
        List<List<String>> orders = WinsFigures.orders(all);
        if (!orders.isEmpty()) {
            page.heading("the judge's verdicts in both orders")
                    .table(WinsFigures.ORDERS, orders)
                    .points(List.of(ORDERS));
        }
        for (Wins wins : all) {
            categories(page, wins);
            String pair = wins.model() + " against " + wins.against();
            if (!wins.figures().notes().isEmpty()) {
                page.points(wins.figures().notes().stream()
                        .map(note -> pair + ": " + note)
                        .toList());
            }
            byOutcome(wins)
                    .forEach((outcome, comparisons) -> page.folded(
                            pair + ", " + outcome.words() + ": " + comparisons.size(),
                            comparisons.stream().map(one -> sample(wins, one)).toList()));
        }
    }

    static void add(Page page, Standings standings) {
        page.heading("Bradley-Terry strengths").table(WinsFigures.STANDINGS, WinsFigures.rows(standings));
        if (!standings.notes().isEmpty()) {
            page.points(standings.notes());
        }
    }

    private static void categories(Page page, Wins wins) {
        List<List<String>> rows = wins.figures().readings().stream()
                .filter(reading -> !reading.category().isEmpty())
                .map(reading -> List.of(reading.category(), reading.describe(), reading.describeUnscored()))
                .toList();
        if (!rows.isEmpty()) {
            page.heading("win rate against " + wins.against() + " by category")
                    .table(List.of("category", ">win rate", "unscored"), rows);
        }
    }

    private static Map<Comparison.Outcome, List<Comparison>> byOutcome(Wins wins) {
        return wins.comparisons().stream()
                .collect(Collectors.groupingBy(Comparison::outcome, TreeMap::new, Collectors.toList()));
    }

    private static SideBySide sample(Wins wins, Comparison comparison) {
        return new SideBySide(
                comparison.asked(),
                List.of(
                        new SideBySide.Answer(wins.model(), comparison.answer(), tags(comparison)),
                        new SideBySide.Answer(wins.against(), comparison.other(), List.of())));
    }

    /** The outcome with its share, and what the judge said: in each order, or of each answer. */
    private static List<SideBySide.Tag> tags(Comparison comparison) {
        List<SideBySide.Tag> tags = new ArrayList<>();
        tags.add(new SideBySide.Tag(comparison.describe(), kind(comparison.outcome())));
        for (Opinion opinion : comparison.opinions()) {
            tags.add(new SideBySide.Tag(opinion.asked() + ": " + opinion.describe(), SideBySide.Kind.PLAIN));
        }
        return tags;
    }

    private static SideBySide.Kind kind(Comparison.Outcome outcome) {
        return switch (outcome) {
            case WON -> SideBySide.Kind.GOOD;
            case LOST -> SideBySide.Kind.BAD;
            case TIED, UNSCORED -> SideBySide.Kind.PLAIN;
        };
    }
}
