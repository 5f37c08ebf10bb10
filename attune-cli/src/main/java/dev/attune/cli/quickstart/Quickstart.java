package dev.attune.cli.quickstart;

import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.model.TextModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.evaluation.WorldReport;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the stages in order and skips those whose result is already in the folder, so that an interrupted quickstart
 * continues where it stopped.
 */
public final class Quickstart {
    /** Trains one recipe in one folder. */
    interface TrainingRun {
        void train(Path recipe, Path run) throws Exception;
    }

    private final QuickstartOptions options;
    private final Layout layout;
    private final World world = World.standard();
    private final Feedback feedback;
    private final Recipes recipes;
    private final Costs costs;
    private final TrainingRun training;
    private final PrintWriter log;

    /** A piece of a stage's work. */
    private interface Work {
        void run() throws Exception;
    }

    Quickstart(QuickstartOptions options, TrainingRun training, PrintWriter log) {
        this.options = options;
        this.layout = new Layout(options.out());
        this.feedback = new Feedback(options, layout);
        this.recipes = new Recipes(options, layout);
        this.costs = new Costs(layout.costs());
        this.training = training;
        this.log = log;
    }

    /** Runs the remaining stages, and writes the report. */
    QuickstartResult run() throws Exception {
        Files.createDirectories(layout.out());
        BuiltInModel.unpack(layout.base());
        stage("evaluate the base model", layout.evaluation(0), () -> evaluate(0));
        for (int round = 1; round <= options.rounds(); round++) {
            round(round);
        }
        QuickstartResult result = QuickstartResult.read(options, layout, costs);
        new QuickstartReport(options, layout, feedback.sets(), result).write(layout.report());
        return result;
    }

    private void round(int round) throws Exception {
        String which = options.rounds() > 1 ? " (round " + round + ")" : "";
        String last = feedback.sets().get(feedback.sets().size() - 1);
        stage("sample and rank" + which, layout.preferences(round, last), () -> collect(round));
        for (String set : feedback.sets()) {
            String model = set.equals(Feedback.MERGED) ? "reward model" : "reward model, " + set;
            stage("train the " + model + which, model(layout.rewardRun(round, set)), () -> {
                AtomicFiles.write(layout.rewardRecipe(round, set), recipes.reward(round, set));
                training.train(layout.rewardRecipe(round, set), layout.rewardRun(round, set));
            });
        }
        stage("improve the policy with PPO" + which, model(layout.ppoRun(round)), () -> {
            Feedback.writePrompts(layout.learnedPrompts(round), prompts(options.learned(), "ppo", round));
            AtomicFiles.write(layout.ppoRecipe(round), recipes.ppo(round, feedback.sets()));
            training.train(layout.ppoRecipe(round), layout.ppoRun(round));
        });
        stage("evaluate the policy" + which, layout.evaluation(round), () -> evaluate(round));
    }

    private static Path model(Path run) {
        return run.resolve("model").resolve("config.json");
    }

    private void collect(int round) throws IOException {
        List<WorldPrompt> prompts = prompts(options.ranked(), "rank", round);
        Feedback.writePrompts(layout.rankedPrompts(round), prompts);
        List<List<String>> completions;
        try (TextModel model = LocalTextModel.open(layout.policy(round - 1))) {
            completions = feedback.sample(model, prompts, options.seed() * 31 + round);
        }
        String name = round == 1 ? "base" : "round-" + (round - 1);
        int rankings = feedback.rank(world, round, prompts, completions, name);
        log.printf(
                "  %d prompts, %d completions, %d simulated rankings%n",
                prompts.size(), prompts.size() * options.completions(), rankings);
        feedback.derive(round).forEach((set, pairs) -> log.printf("  %d preferences (%s)%n", pairs, set));
    }

    /** Prompts of every kind from the feedback split; no purpose shares a seed with another. */
    private List<WorldPrompt> prompts(int count, String purpose, int round) {
        Prompts source = new Prompts(world, PromptSources.TRAINING);
        List<WorldPrompt> prompts = new ArrayList<>();
        for (PromptKind kind : PromptKind.values()) {
            prompts.addAll(source.sample(
                    WorldSplit.FEEDBACK,
                    kind,
                    QuickstartOptions.share(kind, count),
                    (options.seed() * 1000 + round) * 31 + purpose.hashCode()));
        }
        return prompts;
    }

    private void evaluate(int round) throws IOException {
        Evaluation evaluation = new Evaluation(world, options.evaluated());
        if (!Files.exists(layout.evaluationPrompts())) {
            Feedback.writePrompts(layout.evaluationPrompts(), evaluation.prompts());
        }
        try (TextModel model = LocalTextModel.open(layout.policy(round))) {
            WorldReport report = Evaluation.write(
                    evaluation.judge(model), layout.evaluation(round), layout.evaluationCompletions(round));
            log.printf(
                    "  harmful compliance %s, made up %s, correct %s%n",
                    report.compliance(), report.madeUp(), report.correct());
        }
    }

    private void stage(String name, Path result, Work work) throws Exception {
        if (Files.exists(result)) {
            log.println(name + ": already complete");
            return;
        }
        log.println(name);
        log.flush();
        long started = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - started) / 1e9;
        if (!Files.exists(result)) {
            throw new IllegalStateException("the stage '" + name + "' did not write " + result);
        }
        costs.add(name, seconds);
        log.println("  took " + ProgressLine.duration(seconds));
        log.flush();
    }

    /** Refuses a folder that holds something else. */
    static void requireUsable(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            if (Files.exists(out)) {
                throw BadInputException.at(out.toString(), "a file", "a folder or nothing", "name another --out");
            }
            return;
        }
        try (var entries = Files.list(out)) {
            boolean empty = entries.findAny().isEmpty();
            if (!empty && !Files.exists(out.resolve("quickstart.json"))) {
                throw BadInputException.at(
                        out.toString(),
                        "a folder with other files",
                        "an empty one or a quickstart's",
                        "name another --out");
            }
        }
    }
}
