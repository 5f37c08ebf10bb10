package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.process.Memory;
import dev.attune.cli.recipes.RecipeArgument;
import dev.attune.cli.report.RunReport;
import dev.attune.cli.terminal.TrainingProgress;
import dev.attune.core.error.BadInputException;
import dev.attune.core.run.RunFolder;
import dev.attune.training.launch.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune train}: one run of any method, or the stages of a recipe. */
@Command(
        name = "train",
        description = {
            "Train a model by a recipe. RECIPE is a YAML file or the name of a built-in recipe ('attune recipes list')."
                    + " key=value overrides a setting, with dots in nested keys; out=DIR is the run directory (default:"
                    + " runs/RECIPE).",
            "A run directory that is not empty is refused. --resume RUN continues it, with the recipe of the run; only steps="
                    + " may be raised."
        },
        footer = {
            "",
            "Examples:",
            "  attune train stories out=runs/stories",
            "  attune train my-ppo.yaml out=runs/mine kl.coefficient=0.1 steps=50 seed=3",
            "  attune train --resume runs/mine",
            "  attune train --resume runs/mine steps=200"
        })
final class TrainCommand extends BaseCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "RECIPE|key=value",
            description = "Recipe, followed by overrides of its settings.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Run directory to resume from its latest complete checkpoint.")
    private @Nullable Path resume;

    @Option(names = "--json", description = "Print {run, model, peak_memory} at the end; the memory in bytes.")
    private boolean json;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "Precision, f32 or bf16, instead of the recipe's; the same as precision=TYPE.")
    private @Nullable String precision;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() throws IOException {
        Path run;
        Path model;
        try (TrainingProgress progress = new TrainingProgress(err())) {
            Training training = new Training(progress);
            if (resume != null) {
                run = resume;
                model = training.resume(run, onlySteps());
            } else {
                if (precision != null) {
                    arguments.add("precision=" + precision);
                }
                RecipeArgument recipe = RecipeArgument.of(arguments);
                engine.apply();
                run = recipe.out();
                model = training.run(recipe.recipe(), run);
            }
        }
        RunFolder.under(run).forEach(RunReport::write);
        report(run, model);
        return 0;
    }

    private @Nullable Integer onlySteps() {
        engine.apply();
        if (precision != null) {
            throw BadInputException.at(
                    "attune train --resume", "--precision", "the precision of the run", "start a new run instead");
        }
        if (arguments.isEmpty()) {
            return null;
        }
        if (arguments.size() > 1 || !arguments.get(0).matches("steps=[1-9]\\d{0,8}")) {
            throw BadInputException.at(
                    "attune train --resume",
                    "'" + String.join(" ", arguments) + "'",
                    "nothing else, or steps=N",
                    "the run's own recipe decides the rest");
        }
        return Integer.valueOf(arguments.get(0).substring("steps=".length()));
    }

    private void report(Path run, Path model) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("run", run.toString());
            result.put("model", model.toString());
            result.put("peak_memory", Memory.peakBytes());
            json(result);
        } else {
            out().println("run    " + run);
            out().println("model  " + model);
            out().printf(Locale.ROOT, "memory %.1f GB at the peak%n", Memory.peakBytes() / 1e9);
        }
    }
}
