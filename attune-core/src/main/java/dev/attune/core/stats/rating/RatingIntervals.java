package dev.attune.core.stats.rating;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Percentile intervals of strengths from resampling battles with replacement. They do not depend on the order of battles
 * or on names: battles are sorted by the strengths of the two models first.
 *
 * @param byModel by model, sorted by name
 * @param skipped resamples without a finite maximum, which are left out; if they are many, the intervals are too narrow
 */
public record RatingIntervals(Map<String, Interval> byModel, int skipped) {
    private static final double TAIL = (1 - Interval.LEVEL) / 2;

    /**
     * Resamples battles of models that are all comparable; others are refused.
     *
     * @param prior number of drawn games to add to each pair, at least 0
     */
    public static RatingIntervals of(Collection<Battle> battles, double prior, int resamples, long seed) {
        WinMatrix matrix = WinMatrix.of(battles);
        List<String> models = matrix.models();
        if (WinGraph.groups(matrix.wins()).size() > 1) {
            throw BadInputException.at(
                    "bootstrap of ratings",
                    "groups of models that never met",
                    "one group",
                    "resample the battles of each group apart");
        }
        List<Battle> sorted = sorted(battles, models, BradleyTerryFit.fit(matrix.wins(), prior));
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> strengths = new ArrayList<>();
        for (int i = 0; i < resamples; i++) {
            int[] indices = random.ints(sorted.size(), 0, sorted.size()).toArray();
            double[][] wins = wins(models, sorted, indices);
            if (prior > 0 || new WinGraph(wins).leagues().size() == 1) {
                strengths.add(BradleyTerryFit.fit(wins, prior).strengths());
            }
        }
        if (strengths.isEmpty()) {
            throw BadInputException.at(
                    "bootstrap of ratings",
                    "no resample with finite strengths",
                    "battles that connect all models well",
                    "collect more battles, or set a prior");
        }
        return new RatingIntervals(intervals(models, strengths), resamples - strengths.size());
    }

    /** The wins in the battles with these indices. */
    static double[][] wins(List<String> models, List<Battle> battles, int[] indices) {
        double[][] wins = new double[models.size()][models.size()];
        for (int index : indices) {
            Battle battle = battles.get(index);
            int a = models.indexOf(battle.a());
            int b = models.indexOf(battle.b());
            wins[a][b] += battle.outcome();
            wins[b][a] += 1 - battle.outcome();
        }
        return wins;
    }

    static Map<String, Interval> intervals(List<String> models, List<double[]> strengths) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (int model = 0; model < models.size(); model++) {
            int column = model;
            double[] values = strengths.stream().mapToDouble(row -> row[column]).toArray();
            intervals.put(
                    models.get(model),
                    new Interval(Summary.quantile(values, TAIL), Summary.quantile(values, 1 - TAIL)));
        }
        return intervals;
    }

    /** The stronger model of each battle first; then by both strengths and the outcome. */
    private static List<Battle> sorted(Collection<Battle> battles, List<String> models, BradleyTerryFit fit) {
        Integer[] places = new Integer[models.size()];
        Arrays.setAll(places, i -> i);
        Arrays.sort(places, Comparator.comparingDouble(i -> fit.strengths()[i]));
        List<String> weakestFirst = Arrays.stream(places).map(models::get).toList();
        return battles.stream()
                .map(battle -> weakestFirst.indexOf(battle.a()) < weakestFirst.indexOf(battle.b())
                        ? new Battle(battle.b(), battle.a(), 1 - battle.outcome())
                        : battle)
                .sorted(Comparator.comparingInt((Battle battle) -> weakestFirst.indexOf(battle.a()))
                        .thenComparingInt(battle -> weakestFirst.indexOf(battle.b()))
                        .thenComparingDouble(Battle::outcome))
                .toList();
    }
}
