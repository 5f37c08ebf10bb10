package dev.attune.cli.quickstart;

import dev.attune.cli.report.BeforeAfter;
import dev.attune.cli.report.BeforeAfter.Measured;
import dev.attune.cli.report.Page;
import dev.attune.cli.report.SideBySide;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.chart.LineChart;
import dev.attune.core.hacking.HackingReport;
import dev.attune.core.json.Json;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import dev.attune.world.evaluation.Rate;
import dev.attune.world.evaluation.WorldReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The HTML report of a quickstart. */
final class QuickstartReport {
    private static final int SAMPLES_OF_EACH_KIND = 4;

    private final QuickstartOptions options;
    private final Layout layout;
    private final List<String> sets;
    private final QuickstartResult result;

    QuickstartReport(QuickstartOptions options, Layout layout, List<String> sets, QuickstartResult result) {
        this.options = options;
        this.layout = layout;
        this.sets = sets;
        this.result = result;
    }

    void write(Path file) throws IOException {
        Page page = new Page("Attune quickstart", "What the rankings changed", summary());
        page.section(
                "Before and after",
                "One completion at temperature 1 for each of " + options.evaluationPrompts()
                        + " held-out questions: no ranking, preference or PPO prompt has their entities or phrasings."
                        + " Intervals are 95 %.");
        page.beforeAfter(table());
        for (int round = 1; round <= options.rounds(); round++) {
            training(page, round);
        }
        page.section(
                "Answers side by side", "Answers of the base model and of the trained policy to the same questions.");
        samples().forEach(page::sample);
        page.section("What is simulated", "").points(simulated());
        page.section("What it cost", "").facts(costs());
        page.section("Each stage by hand", "The files of every stage lie in the folder of this report.");
        page.commands(commands());
        page.write(file);
    }

    private String summary() {
        WorldReport before = result.before();
        WorldReport after = result.after();
        return String.format(
                Locale.ROOT,
                "Help with harm went from %s to %s, made-up answers from %s to %s, good answers from %s to %s.",
                percent(before.compliance()),
                percent(after.compliance()),
                percent(before.madeUp()),
                percent(after.madeUp()),
                percent(before.correct()),
                percent(after.correct()));
    }

    private BeforeAfter table() {
        Map<String, Rate> before = result.before().rates();
        Map<String, Rate> after = result.after().rates();
        List<BeforeAfter.Row> rows = QuickstartResult.HEADLINES.stream()
                .map(line -> new BeforeAfter.Row(
                        line.name(),
                        line.meaning(),
                        line.better(),
                        measured(before, line.key()),
                        measured(after, line.key())))
                .toList();
        return new BeforeAfter(
                "base model", options.rounds() > 1 ? "after " + options.rounds() + " rounds" : "after PPO", rows);
    }

    private static Measured measured(Map<String, Rate> rates, String key) {
        Rate rate = Objects.requireNonNull(rates.get(key), key);
        return new Measured(rate.value(), rate.low(), rate.high());
    }

    private void training(Page page, int round) {
        String which = options.rounds() > 1 ? ", round " + round : "";
        for (String set : sets) {
            MetricsLog reward = MetricsLog.read(layout.rewardRun(round, set).resolve("metrics.jsonl"));
            page.section(
                    "The reward model" + which + (sets.size() > 1 ? ", " + set : ""),
                    "It learns which of two completions the labelers prefer. The noise of the labelers limits its accuracy.");
            page.figures(List.of(
                    LineChart.of("Loss", "Bradley-Terry, on the pairs of each step", reward.series("loss", "training"))
                            .html(),
                    RewardCalibration.diagram(layout.rewardRun(round, set)).html()));
        }
        MetricsLog ppo = MetricsLog.read(layout.ppoRun(round).resolve("metrics.jsonl"));
        page.section(
                "PPO" + which, "The reward should rise while the KL penalty keeps the policy near the base model.");
        page.figures(List.of(
                LineChart.of("Score", "the reward model's, mean over rollouts", ppo.series("objective/scores", "score"))
                        .html(),
                LineChart.of(
                                "Gold reward",
                                "share of rollouts that the judge finds good; not optimised",
                                ppo.series("scores/truth", "good answers"))
                        .html(),
                LineChart.of("KL", "to the base model, nats per completion", ppo.series("objective/kl", "KL"))
                        .html(),
                LineChart.of("Entropy", "of the next token, nats", ppo.series("policy/entropy_avg", "entropy"))
                        .html(),
                LineChart.of("Length", "tokens per completion", ppo.series("response/length", "length"))
                        .html()));
        page.heading("Signs of reward hacking");
        page.table(
                List.of("figure", "verdict", ""),
                HackingReport.of(new RunFolder(layout.ppoRun(round))).findings().stream()
                        .map(finding ->
                                List.of(finding.name(), finding.verdict().words(), finding.why()))
                        .toList());
    }

    private List<SideBySide> samples() throws IOException {
        List<Evaluation.Line> before = lines(layout.evaluationCompletions(0));
        List<Evaluation.Line> after = lines(layout.evaluationCompletions(options.rounds()));
        Map<String, Integer> shown = new LinkedHashMap<>();
        List<SideBySide> samples = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Evaluation.Line line = before.get(i);
            if (shown.merge(line.kind(), 1, Integer::sum) <= SAMPLES_OF_EACH_KIND) {
                samples.add(new SideBySide(
                        line.prompt(), List.of(answer("base model", line), answer("trained policy", after.get(i)))));
            }
        }
        return samples;
    }

    private static SideBySide.Answer answer(String by, Evaluation.Line line) {
        return new SideBySide.Answer(
                by, line.completion(), List.of(new SideBySide.Tag(line.why(), SideBySide.Kind.PLAIN)));
    }

    private static List<Evaluation.Line> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Json.records().readValue(line, Evaluation.Line.class))
                .toList();
    }

    static List<String> simulated() {
        return List.of(
                "The world is invented: its people, places and facts exist only in the corpus on which the base model was pretrained.",
                "The labelers are rules with noise, biases and lapses. Real rankings come from people.",
                "The judge is a rule that knows the world's facts and reads the claims of an answer. The simulated labelers and"
                        + " the evaluation use it. PPO only measures it, as a held-out metric.",
                "The base model, the reward model and the policy are real language models of about 1.7 million weights,"
                        + " trained by the same code as any other checkpoint.");
    }

    private Map<String, String> costs() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Costs.Stage stage : new Costs(layout.costs()).all()) {
            facts.put(stage.name(), ProgressLine.duration(stage.seconds()));
        }
        facts.put("all stages", ProgressLine.duration(result.seconds()));
        facts.put("peak memory", result.peakBytes() / 1_000_000 + " MB");
        return facts;
    }

    /** The commands that repeat each stage; training stages write to a folder with the suffix -again. */
    String commands() {
        List<String> commands = new ArrayList<>();
        commands.add("# the whole quickstart, with the same seed and settings");
        commands.add(options.command("again"));
        for (int round = 1; round <= options.rounds(); round++) {
            for (String set : sets) {
                commands.add("# the preferences of round " + round + ", from its rankings");
                commands.add("./attune data pairs " + layout.rankings(round) + " preferences.jsonl "
                        + Feedback.choiceArguments(set));
                commands.add("# a reward model on these preferences");
                commands.add("./attune train " + layout.rewardRecipe(round, set) + " out="
                        + layout.rewardRun(round, set) + "-again");
            }
            commands.add("# PPO against it");
            commands.add("./attune train " + layout.ppoRecipe(round) + " out=" + layout.ppoRun(round) + "-again");
            commands.add("# one rollout of it, step by step");
            commands.add("./attune rollouts show " + layout.ppoRun(round) + " 0");
        }
        commands.add("# check for reward hacking");
        commands.add("./attune runs monitor " + layout.ppoRun(options.rounds()));
        commands.add("# the trained policy against the base model, on held-out prompts");
        commands.add(
                "./attune evaluate " + layout.policy(options.rounds()) + " --suite all --against " + layout.base());
        commands.add("# chat with the trained policy");
        commands.add("./attune chat " + layout.policy(options.rounds()));
        return String.join("\n", commands);
    }

    private static String percent(Rate rate) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * rate.value());
    }
}
