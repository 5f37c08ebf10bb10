package dev.attune.studio.quality;

import dev.attune.core.chart.LineChart;
import dev.attune.core.chart.Series;
import dev.attune.core.stats.quality.Drift;
import dev.attune.core.stats.quality.Quality;
import dev.attune.feedback.quality.PersonProgress;
import dev.attune.studio.project.ProjectLine;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The page on the quality of a project's rankings. */
public record QualityPage(ProjectLine line, List<PersonProgress> people, Quality quality) {
    public QualityPage {
        people = List.copyOf(people);
    }

    /** Whether there are points for the drift chart. */
    public boolean drifts() {
        return !curve("", Drift.Period::agreement).isEmpty()
                || !curve("", Drift.Period::right).isEmpty();
    }

    /** The drift chart: agreement and right answers over time, as SVG. */
    public String drift() {
        return new LineChart(
                        "Over time",
                        "Agreement over time, by tenths of the rankings. A falling line may mean that people tire, or that"
                                + " later tasks are harder.",
                        "tenth",
                        List.of(
                                curve("agreement", Drift.Period::agreement),
                                curve("right on test questions", Drift.Period::right)),
                        OptionalDouble.empty())
                .html();
    }

    private Series curve(String name, ToDoubleFunction<Drift.Period> value) {
        return new Series(
                name,
                quality.drift().periods().stream()
                        .map(period -> new Series.Point(period.number(), value.applyAsDouble(period)))
                        .toList());
    }
}
