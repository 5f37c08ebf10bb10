package dev.attune.feedback.evaluation;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.rates.ClusteredRate;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Computes readings from items. */
final class Readings {
    private static final long SEED = 1;

    private final List<Item> items;
    private final List<Reading> all = new ArrayList<>();
    private final List<Reading> byCategory = new ArrayList<>();

    Readings(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** A share over all items. */
    Readings overall(String name, Goal goal) {
        all.add(rate(name, "", goal, items));
        return this;
    }

    /** A share over all items, and over each category if there are several. */
    Readings rate(String name, Goal goal) {
        overall(name, goal);
        TreeSet<String> categories =
                new TreeSet<>(items.stream().map(Item::category).toList());
        if (categories.size() > 1) {
            for (String category : categories) {
                byCategory.add(rate(
                        name,
                        category,
                        goal,
                        items.stream()
                                .filter(item -> item.category().equals(category))
                                .toList()));
            }
        }
        return this;
    }

    /** The mean of a value over the prompts whose items have it. */
    Readings mean(String name, Goal goal) {
        List<Item> with =
                items.stream().filter(item -> item.values().containsKey(name)).toList();
        double[] means = grouped(with).stream()
                .mapToDouble(group -> group.stream()
                        .mapToDouble(item -> item.values().getOrDefault(name, 0.0))
                        .average()
                        .orElseThrow())
                .toArray();
        Estimate estimate = means.length == 0 ? null : Bootstrap.mean(means, SEED);
        all.add(new Reading(name, "", false, goal, estimate, Map.of()));
        return this;
    }

    /** A statistic of rows, such as an error of calibration, with an interval from resampling rows; none without rows. */
    Readings resampled(String name, boolean share, Goal goal, int rows, ToDoubleFunction<int[]> statistic) {
        Estimate estimate = null;
        if (rows > 0) {
            int[] every = new int[rows];
            for (int i = 0; i < rows; i++) {
                every[i] = i;
            }
            Interval interval = Bootstrap.interval(rows, statistic, Interval.LEVEL, Bootstrap.RESAMPLES, SEED);
            estimate = new Estimate(statistic.applyAsDouble(every), interval, rows);
        }
        all.add(new Reading(name, "", share, goal, estimate, Map.of()));
        return this;
    }

    /** The readings over all prompts, then those by category. */
    List<Reading> list() {
        List<Reading> both = new ArrayList<>(all);
        both.addAll(byCategory);
        return both;
    }

    private static Reading rate(String name, String category, Goal goal, List<Item> items) {
        List<Item> counted = items.stream().filter(item -> item.counts(name)).toList();
        List<Tally> tallies = grouped(counted).stream()
                .map(group ->
                        Tally.of(group.stream().map(item -> item.score(name)).toList()))
                .toList();
        List<Score> scores = counted.stream().map(item -> item.score(name)).toList();
        return new Reading(
                name,
                category,
                true,
                goal,
                ClusteredRate.of(tallies).orElse(null),
                Tally.of(scores).unscored());
    }

    /** The items of each prompt. */
    private static List<List<Item>> grouped(List<Item> items) {
        Map<String, List<Item>> groups = new LinkedHashMap<>();
        items.forEach(item -> groups.computeIfAbsent(item.place(), unseen -> new ArrayList<>())
                .add(item));
        return List.copyOf(groups.values());
    }
}
