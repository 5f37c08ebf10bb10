package dev.attune.core.run;

import dev.attune.core.reward.RewardNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several runs side by side.
 *
 * @param differences the recipes' keys that differ, each with the value in every run, "-" if a run lacks it
 * @param figures every figure, each with its last value in every run, null if a run lacks it
 */
public record RunComparison(Map<String, List<String>> differences, Map<String, List<@Nullable Double>> figures) {
    private static final String SCORES = "scores/";

    public static RunComparison of(List<RunFolder> runs) {
        return of(runs, runs.stream().map(RunFolder::metrics).toList());
    }

    /** @param logs the metrics of the runs, in the same order, if they have been read already */
    public static RunComparison of(List<RunFolder> runs, List<MetricsLog> logs) {
        return new RunComparison(
                differences(runs.stream().map(RunFolder::settings).toList()), figures(logs));
    }

    private static Map<String, List<String>> differences(List<Map<String, String>> settings) {
        Set<String> keys = new LinkedHashSet<>();
        settings.forEach(one -> keys.addAll(one.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String key : keys) {
            List<String> values =
                    settings.stream().map(one -> one.getOrDefault(key, "-")).toList();
            if (Set.copyOf(values).size() > 1) {
                differences.put(key, values);
            }
        }
        return differences;
    }

    private static Map<String, List<@Nullable Double>> figures(List<MetricsLog> logs) {
        List<Map<String, Double>> last =
                logs.stream().map(RunComparison::lastValues).toList();
        Set<String> names = new LinkedHashSet<>();
        last.forEach(values -> names.addAll(values.keySet()));
        Map<String, List<@Nullable Double>> figures = new LinkedHashMap<>();
        for (String name : names) {
            List<@Nullable Double> values = new ArrayList<>();
            last.forEach(run -> values.add(run.get(name)));
            figures.put(name, values);
        }
        return figures;
    }

    private static Map<String, Double> lastValues(MetricsLog log) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name : log.names()) {
            values.put(
                    RewardNames.unique(comparable(name), values.keySet()),
                    log.last(name).orElse(Double.NaN));
        }
        return values;
    }

    /** Earlier versions named a reward model's metric after its path, which no two runs have in common. */
    private static String comparable(String metric) {
        String name = metric.startsWith(SCORES) ? metric.substring(SCORES.length()) : "";
        return name.matches(".*[/\\\\].*") ? SCORES + RewardNames.ofModel(name) : metric;
    }
}
