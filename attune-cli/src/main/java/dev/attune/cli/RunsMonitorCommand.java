package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.hacking.HackingReport;
import dev.attune.core.hacking.HeldOutMetric;
import dev.attune.core.hacking.LengthBias;
import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.StepTexts;
import dev.attune.core.hacking.StopCalibration;
import dev.attune.core.run.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs monitor RUN}. */
@Command(
        name = "monitor",
        description = {
            "Check a PPO run for reward hacking: held-out metrics against the optimised score, length, repetition, entropy."
                    + " docs/reward-hacking.md explains each figure.",
            "A held-out metric is a reward function of weight 0 in the recipe."
        },
        footer = {"", "Example:", "  attune runs monitor runs/quickstart/round-1/ppo"})
final class RunsMonitorCommand extends BaseCommand {
    @Parameters(paramLabel = "RUN", description = "Run directory.")
    private Path directory;

    @Option(names = "--json", description = "Print {verdict, summary, findings, scores, steps, length}.")
    private boolean json;

    @Override
    protected int run() {
        HackingReport report = HackingReport.of(RunFolder.open(directory));
        if (json) {
            json(asJson(report));
            return 0;
        }
        out().println(report.summary());
        if (!report.hasIndependent()) {
            out().println("Add a held-out metric to the recipe's reward: a function with weight 0.");
        }
        out().println();
        Table findings = Table.of("figure", "verdict", "");
        report.findings().forEach(one -> findings.row(one.name(), one.verdict().words(), one.why()));
        out().println(findings);
        if (!report.heldOutMetrics().isEmpty()) {
            out().println(scores(report.heldOutMetrics()));
        }
        LengthBias lengths = report.lengths();
        if (lengths != null) {
            out().println(steps(report.texts()));
            out().print(deciles(lengths));
        }
        return 0;
    }

    private static Table scores(List<HeldOutMetric> heldOutMetrics) {
        Table table = Table.of(
                "score",
                ">start",
                ">alpha",
                ">beta",
                ">R2",
                ">peak d",
                ">d now",
                ">fall",
                ">threshold",
                ">stop at",
                ">false alarms",
                ">true alarms");
        for (HeldOutMetric metric : heldOutMetrics) {
            Overoptimisation fit = metric.fit().orElse(null);
            StopCalibration calibration = metric.calibration();
            boolean calibrated = calibration.evaluations() >= StopCalibration.MIN_EVALUATIONS;
            table.row(
                    metric.score().name(),
                    fit == null ? "-" : Html.number(fit.start()),
                    fit == null ? "-" : Html.number(fit.alpha()),
                    fit == null ? "-" : Html.number(fit.beta()),
                    fit == null ? "-" : Html.number(fit.rSquared()),
                    fit == null ? "-" : peak(fit),
                    Html.number(metric.distance()),
                    Html.number(metric.decision().greatest()),
                    calibrated ? Html.number(calibration.rule().threshold()) : "-",
                    metric.stop().map(step -> "step " + step).orElse("-"),
                    calibrated ? Html.percent(calibration.falsePositives().value()) : "-",
                    calibrated ? Html.percent(calibration.power().value()) : "-");
        }
        return table;
    }

    private static String peak(Overoptimisation fit) {
        return fit.peak().isPresent() ? Html.number(fit.peak().getAsDouble()) : "not in range";
    }

    private static Table steps(List<StepTexts> texts) {
        Table table = Table.of(">step", ">rollouts", ">score and length", ">distinct n-grams", ">repeated n-grams");
        for (StepTexts step : texts) {
            table.row(
                    step.step(),
                    step.rollouts(),
                    Html.number(step.lengthCorrelation()),
                    Html.percent(step.repetition().distinct()),
                    Html.percent(step.repetition().repeated()));
        }
        return table;
    }

    private static Table deciles(LengthBias lengths) {
        Table table = Table.of(">decile", ">mean score", ">mean length", ">rollouts");
        int number = 1;
        for (LengthBias.Decile decile : lengths.deciles()) {
            table.row(number++, Html.number(decile.meanScore()), Html.number(decile.meanLength()), decile.count());
        }
        return table;
    }

    private static Map<String, Object> asJson(HackingReport report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("verdict", report.verdict().words());
        all.put("summary", report.summary());
        all.put(
                "findings",
                report.findings().stream()
                        .map(one -> Map.of(
                                "name", one.name(), "verdict", one.verdict().words(), "why", one.why()))
                        .toList());
        all.put(
                "scores",
                report.heldOutMetrics().stream().map(RunsMonitorCommand::score).toList());
        all.put("steps", report.texts());
        all.put("length", report.lengths());
        return all;
    }

    private static Map<String, @Nullable Object> score(HeldOutMetric metric) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", metric.score().name());
        row.put("kind", metric.score().kind().words());
        row.put("fit", metric.fit().orElse(null));
        Overoptimisation fit = metric.fit().orElse(null);
        row.put("peak", fit == null || fit.peak().isEmpty() ? null : fit.peak().getAsDouble());
        row.put("distance", metric.distance());
        row.put("stop", metric.stop().orElse(null));
        row.put("fall", metric.decision().greatest());
        row.put("rule", metric.calibration());
        return row;
    }
}
