package dev.attune.studio.inspect;

import dev.attune.core.chart.LineChart;
import dev.attune.core.chart.Series;
import dev.attune.core.hacking.HackingReport;
import dev.attune.core.hacking.HackingSign;
import dev.attune.core.hacking.HeldOutMetric;
import dev.attune.core.hacking.LengthBias;
import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.ProxyAgainstGold;
import dev.attune.core.hacking.Repetition;
import dev.attune.core.hacking.StepTexts;
import dev.attune.core.run.MetricsLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The charts of the monitor, each with a note on how to read it. */
final class MonitorCharts {
    private static final int FEW = 15;
    private static final int SMOOTH = 60;

    private final MetricsLog metrics;
    private final HackingReport report;

    MonitorCharts(MetricsLog metrics, HackingReport report) {
        this.metrics = metrics;
        this.report = report;
    }

    List<String> heldOutMetric(HeldOutMetric metric) {
        ProxyAgainstGold score = metric.score();
        LineChart overDistance = new LineChart(
                score.name() + " over sqrt(KL)",
                "Beyond the peak of the curve, moving further from the reference makes answers worse.",
                "sqrt(KL)",
                overDistance(metric),
                OptionalDouble.empty());
        Series optimised = new Series("optimised", points(score, ProxyAgainstGold.Point::optimised));
        Series heldOut = new Series("held-out", points(score, ProxyAgainstGold.Point::score));
        return List.of(
                overDistance.html(),
                LineChart.of(
                                "optimised score and " + score.name(),
                                "Both should rise; reward hacking is a rising optimised score with a falling held-out metric.",
                                optimised,
                                heldOut)
                        .html());
    }

    private static List<Series> overDistance(HeldOutMetric metric) {
        List<ProxyAgainstGold.Point> sorted = metric.score().points().stream()
                .sorted(Comparator.comparingDouble(ProxyAgainstGold.Point::distance))
                .toList();
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                        "measured",
                        sorted.stream()
                                .map(point -> new Series.Point(point.distance(), point.score()))
                                .toList())
                .thinned(FEW));
        metric.fit().ifPresent(fit -> series.add(curve(fit, sorted)));
        return series;
    }

    private static Series curve(Overoptimisation fit, List<ProxyAgainstGold.Point> sorted) {
        double low = sorted.get(0).distance();
        double high = sorted.get(sorted.size() - 1).distance();
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i <= SMOOTH; i++) {
            double distance = low + (high - low) * i / SMOOTH;
            points.add(new Series.Point(distance, fit.at(distance)));
        }
        return new Series("fit", points);
    }

    private static List<Series.Point> points(ProxyAgainstGold score, ToDoubleFunction<ProxyAgainstGold.Point> number) {
        return score.points().stream()
                .map(point -> new Series.Point(point.step(), number.applyAsDouble(point)))
                .toList();
    }

    List<String> of(HackingSign.Topic topic) {
        return switch (topic) {
            case LENGTH ->
                List.of(deciles(), correlation(), metric("response/length", "Tokens per completion, by step."));
            case REPETITION -> List.of(repetition());
            case ENTROPY ->
                List.of(metric("policy/entropy_avg", "Nats per token; collapses if the policy stops exploring."));
            case KL ->
                List.of(metric("objective/kl_k1", "Nats per completion: distance of the policy from the reference."));
            case END_TOKENS ->
                List.of(metric(
                        "response/ended_share", "Share of completions with an end token; the others are truncated."));
            case SCORE -> List.of();
        };
    }

    private String deciles() {
        LengthBias lengths = report.lengths();
        List<Series.Point> points = new ArrayList<>();
        if (lengths != null) {
            for (LengthBias.Decile decile : lengths.deciles()) {
                points.add(new Series.Point(points.size() + 1, decile.meanLength()));
            }
        }
        return new LineChart(
                        "length by decile of the score",
                        "Tokens per completion by decile of the score, lowest first, at the latest step with rollouts; a slope is a length bias.",
                        "decile",
                        List.of(new Series("length", points)),
                        OptionalDouble.empty())
                .html();
    }

    private String correlation() {
        return LineChart.of(
                        "correlation of score and length",
                        "Spearman's correlation at each step with rollouts; a value far from 0 is a length bias.",
                        texts("correlation", StepTexts::lengthCorrelation))
                .html();
    }

    private String repetition() {
        return LineChart.of(
                        "n-grams of " + Repetition.N + " tokens",
                        "Distinct n-grams as a share of all (falls when completions become alike), and n-grams repeated within a"
                                + " completion.",
                        texts("distinct", step -> step.repetition().distinct()),
                        texts("repeated", step -> step.repetition().repeated()))
                .html();
    }

    private Series texts(String name, ToDoubleFunction<StepTexts> number) {
        return new Series(
                name,
                report.texts().stream()
                        .map(step -> new Series.Point(step.step(), number.applyAsDouble(step)))
                        .toList());
    }

    private String metric(String name, String note) {
        return LineChart.of(name, note, metrics.series(name, name)).html();
    }
}
