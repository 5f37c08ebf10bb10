package dev.attune.core.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several runs side by side.
 *
 * @param differences the recipes' keys that differ, each with the value in every run, "-" where a run lacks it
 * @param figures every figure, each with its last value in every run, null where a run lacks it
 */
public record RunComparison(Map<String, List<String>> differences, Map<String, List<@Nullable Double>> figures) {
    public static RunComparison of(List<RunFolder> runs) {
        return of(runs, runs.stream().map(RunFolder::metrics).toList());
    }

    /** @param logs of the runs, in the same order, for whoever has read them already */
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
        Set<String> names = new LinkedHashSet<>();
        logs.forEach(log -> names.addAll(log.names()));
        Map<String, List<@Nullable Double>> figures = new LinkedHashMap<>();
        for (String name : names) {
            List<@Nullable Double> values = new ArrayList<>();
            for (MetricsLog log : logs) {
                OptionalDouble last = log.last(name);
                values.add(last.isPresent() ? Double.valueOf(last.getAsDouble()) : null);
            }
            figures.put(name, values);
        }
        return figures;
    }
}
