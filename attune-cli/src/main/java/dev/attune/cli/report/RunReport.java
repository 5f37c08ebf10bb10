package dev.attune.cli.report;

import dev.attune.core.chart.Html;
import dev.attune.core.chart.LineChart;
import dev.attune.core.json.FlatJson;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.MissingEndTokens;
import dev.attune.core.run.RunCurves;
import dev.attune.core.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report of a run of any method: curves, reward model, samples, recipe and provenance. */
public final class RunReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SAMPLES = 6;

    private final RunFolder run;
    private final MetricsLog metrics;

    private RunReport(RunFolder run) {
        this.run = run;
        this.metrics = run.metrics();
    }

    /** Writes {@code report.html} into the run; the directory of a run with stages has none. */
    public static void write(RunFolder run) {
        RunReport report = new RunReport(run);
        if (!report.metrics.isEmpty()) {
            report.page().write(run.path().resolve("report.html"));
        }
    }

    private Page page() {
        String name = String.valueOf(run.path().toAbsolutePath().normalize().getFileName());
        Page page = new Page(
                "Attune " + run.method() + " run",
                name,
                metrics.lastStep() + " steps, "
                        + (run.state() == RunFolder.State.COMPLETE ? "complete." : "unfinished."));
        if (PlayableBoard.suits(run)) {
            PlayableBoard board = PlayableBoard.of(run);
            page.section("Play against it", board.summary()).html(board.html());
        }
        MissingEndTokens.of(run.settings())
                .flatMap(rule -> rule.describe(metrics))
                .ifPresent(warning -> page.section("Warning", warning));
        page.section("Curves", "One point per step; hover over a curve for its values.")
                .figures(RunCurves.of(metrics).stream().map(LineChart::html).toList());
        rewardModel(page);
        samples(page);
        page.section("Repeat this run", "The recipe in the run directory contains every setting, defaults included.")
                .commands("./attune train " + run.path().resolve("recipe.yaml") + " out=runs/" + name + "-again");
        page.section("Recipe", "").facts(run.settings());
        page.section("Provenance", "Versions, machine, seed, and hashes of data and of parent models.")
                .facts(flat(run.provenance()));
        return page;
    }

    private void rewardModel(Page page) {
        Path file = run.path().resolve("reward-report.json");
        if (!Files.exists(file)) {
            return;
        }
        JsonNode report = JSON.readTree(file.toFile());
        Map<String, String> facts = flat(report);
        facts.keySet().removeIf(key -> key.startsWith("calibration.bins"));
        page.section("The reward model on held-out pairs", "Equal scores count as wrong.")
                .facts(facts);
        List<ReliabilityDiagram.Bin> bins = new ArrayList<>();
        for (JsonNode bin : report.path("calibration").path("bins")) {
            bins.add(new ReliabilityDiagram.Bin(
                    bin.path("predicted").asDouble(),
                    bin.path("observed").asDouble(),
                    bin.path("count").asLong()));
        }
        if (!bins.isEmpty()) {
            page.figures(List.of(new ReliabilityDiagram(
                            "observed accuracy by predicted probability; on the diagonal the model is calibrated", bins)
                    .html()));
        }
        Path gate = run.path().resolve("gate.json");
        if (Files.exists(gate)) {
            page.heading("Gate: good enough to optimise against?").facts(flat(JSON.readTree(gate.toFile())));
        }
    }

    private void samples(Page page) {
        Path file = run.path().resolve("samples.jsonl");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = lines(file);
        if (lines.isEmpty()) {
            return;
        }
        page.section("Samples", "The latest entries of samples.jsonl.");
        for (String line : lines.subList(Math.max(0, lines.size() - SAMPLES), lines.size())) {
            JsonNode sample = JSON.readTree(line);
            JsonNode prompt = sample.path("prompt");
            page.sample(new SideBySide(
                    prompt.isString() ? prompt.asString() : text(prompt),
                    List.of(new SideBySide.Answer(
                            "step " + sample.path("step").asString(""),
                            sample.path("completion").asString(""),
                            List.of()))));
        }
    }

    private static String text(JsonNode messages) {
        StringBuilder text = new StringBuilder();
        for (JsonNode message : messages) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(message.path("content").asString(""));
        }
        return text.toString();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.endsWith("}"))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> flat(JsonNode tree) {
        return FlatJson.of(tree, node -> node.isDouble() ? Html.number(node.asDouble()) : node.asString(""));
    }
}
