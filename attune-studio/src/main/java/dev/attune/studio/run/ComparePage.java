package dev.attune.studio.run;

import dev.attune.core.chart.Html;
import dev.attune.core.chart.LineChart;
import dev.attune.core.error.BadInputException;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunComparison;
import dev.attune.core.run.RunCurves;
import dev.attune.core.run.RunFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several runs side by side. */
public record ComparePage(List<String> names, RunComparison comparison, String curves) {
    private static final int MAX_RUNS = 6;

    /** @throws BadInputException if there are fewer than two runs with a directory, or more than colours */
    static ComparePage of(List<FoundRun> runs) {
        Map<String, RunFolder> folders = new LinkedHashMap<>();
        runs.forEach(run -> run.folder().ifPresent(folder -> folders.put(run.name(), folder)));
        if (folders.size() < 2 || folders.size() > MAX_RUNS) {
            throw BadInputException.at(
                    "runs to compare",
                    folders.size() + " with a run directory",
                    "2 to " + MAX_RUNS,
                    "go back and choose others");
        }
        Map<String, MetricsLog> figures = new LinkedHashMap<>();
        folders.forEach((name, folder) -> figures.put(name, folder.metrics()));
        return new ComparePage(
                List.copyOf(folders.keySet()),
                RunComparison.of(List.copyOf(folders.values()), List.copyOf(figures.values())),
                RunCurves.overlaid(figures).stream().map(LineChart::html).collect(Collectors.joining()));
    }

    /** Formats a metric. */
    public static String number(@Nullable Double value) {
        return value == null ? "-" : Html.number(value);
    }
}
