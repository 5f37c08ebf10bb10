package dev.attune.core.run;

import dev.attune.core.chart.LineChart;
import dev.attune.core.chart.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Charts of the metrics of runs, the most important ones first. */
public final class RunCurves {
    /** The metrics that come first, with their descriptions; those that a run lacks are left out. */
    private static final Map<String, String> FIRST = first();

    private RunCurves() {}

    private static Map<String, String> first() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("objective/scores", "mean score of the rollouts, by the reward functions");
        first.put("objective/kl", "nats per completion, against the reference");
        first.put("policy/entropy_avg", "nats per token, of the policy");
        first.put("response/length", "tokens per completion");
        first.put("response/ended_share", "share of completions with an end token");
        first.put("eval_score", "mean score on held-out prompts");
        first.put("loss", "of each step's batch");
        first.put("eval_loss", "on held-out data");
        first.put("accuracy", "share of the batch's pairs ranked as labelled");
        first.put("eval_accuracy", "share of held-out pairs ranked as labelled");
        return first;
    }

    /** A chart for each figure that has two values or more. */
    public static List<LineChart> of(MetricsLog metrics) {
        return overlaid(Map.of("", metrics));
    }

    /** A chart for each figure, with the curve of every run that has two values of it or more. */
    public static List<LineChart> overlaid(Map<String, MetricsLog> runs) {
        Set<String> all = new LinkedHashSet<>();
        runs.values().forEach(metrics -> all.addAll(metrics.names()));
        Set<String> names = new LinkedHashSet<>(FIRST.keySet());
        names.retainAll(all);
        names.addAll(all);
        List<LineChart> charts = new ArrayList<>();
        for (String name : names) {
            List<Series> series = new ArrayList<>();
            runs.forEach((run, metrics) -> series.add(metrics.series(name, run.isEmpty() ? name : run)));
            series.removeIf(curve -> curve.points().size() < 2);
            if (!series.isEmpty()) {
                charts.add(new LineChart(
                        name, FIRST.getOrDefault(name, ""), "step", List.copyOf(series), OptionalDouble.empty()));
            }
        }
        return charts;
    }
}
