package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.tensor.ProductScope;
import dev.attune.training.method.ConfiguredMethod;
import dev.attune.training.method.Job;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.method.RecipeWriter;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.RecipePrecision;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.run.RunDirectory;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.RunLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs recipes. A complete run has a model in {@code model/} of its folder; an interrupted one resumes from its latest
 * complete checkpoint, bit for bit, or from the start if it has none. Use from a platform thread.
 */
public final class Training {
    private final RunListener listener;

    public Training(RunListener listener) {
        this.listener = listener;
    }

    /**
     * Runs a recipe in a new or empty folder; stages in folders of their names below it.
     *
     * @return the directory of the model, the last stage's if there are stages
     * @throws BadInputException if the folder is not empty, or the recipe, a model or data is invalid
     * @throws dev.attune.core.error.RunFailedException if training fails or nothing can be written
     */
    public Path run(RecipeFile recipe, Path out) throws IOException {
        if (recipe instanceof RecipeFile.Single single) {
            return start("", single.configured(), out);
        }
        List<RecipeFile.Stage> stages = ((RecipeFile.Staged) recipe).stages();
        RunDirectory.requireEmpty(out);
        AtomicFiles.write(out.resolve(RunDirectory.RECIPE), StagedText.yaml(stages));
        return stages(stages, out);
    }

    /**
     * Resumes a run with its own recipe. Stages that are complete are skipped.
     *
     * @param steps the new total number of steps, or null for that of the recipe
     * @throws BadInputException if the folder contains no run
     */
    public Path resume(Path run, @Nullable Integer steps) throws IOException {
        Path file = run.resolve(RunDirectory.RECIPE);
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(
                    run.toString(),
                    "no " + RunDirectory.RECIPE,
                    "the folder of a run",
                    "name one that 'attune train' wrote; a run that was killed before it had its recipe is started again with"
                            + " 'attune train RECIPE out=" + run + "'");
        }
        RecipeFile recipe = RecipeReader.read(file, Map.of());
        if (recipe instanceof RecipeFile.Single single) {
            if (steps == null) {
                return resume("", single.configured(), run, null);
            }
            requireMore(single.recipe(), steps, run);
            RecipeFile longer = RecipeReader.read(file, Map.of("steps", steps.toString()));
            return resume("", ((RecipeFile.Single) longer).configured(), run, single.recipe());
        }
        if (steps != null) {
            throw BadInputException.at(
                    "steps=" + steps,
                    "a run of stages in " + run,
                    "the folder of one stage",
                    "name it, as in --resume "
                            + run.resolve(
                                    ((RecipeFile.Staged) recipe).stages().get(0).name()));
        }
        return stages(((RecipeFile.Staged) recipe).stages(), run);
    }

    private Path stages(List<RecipeFile.Stage> stages, Path out) throws IOException {
        Map<String, String> models = new HashMap<>();
        Path last = out;
        for (RecipeFile.Stage stage : stages) {
            Path folder = out.resolve(stage.name());
            ConfiguredMethod<?> recipe = RecipeReader.resolved(stage, models);
            if (Files.isDirectory(folder.resolve(RunDirectory.MODEL))) {
                listener.note("stage " + stage.name() + ": complete");
                last = folder.resolve(RunDirectory.MODEL);
            } else if (Files.exists(folder.resolve(RunDirectory.RECIPE))) {
                last = resume(stage.name(), recipe, folder, null);
            } else {
                last = start(stage.name(), recipe, folder);
            }
            models.put(stage.name(), last.toString());
        }
        return last;
    }

    private Path start(String stage, ConfiguredMethod<?> configured, Path out) throws IOException {
        RunDirectory.requireEmpty(out);
        Recipe recipe = configured.recipe();
        try (ProductScope products = RecipePrecision.products(recipe.precision());
                RunContext context = new RunContext(recipe.run(), listener, out)) {
            Job job = configured.open(context);
            String complete = RecipeWriter.yaml(recipe);
            try (RunDirectory directory = RunDirectory.create(out, complete)) {
                RunRecord.of(recipe, complete, out, context).write(out);
                return train(stage, recipe, job, context, directory, 0);
            }
        }
    }

    /** @param shorter the recipe before its steps were raised; null if they were not */
    private Path resume(String stage, ConfiguredMethod<?> configured, Path run, @Nullable Recipe shorter)
            throws IOException {
        Recipe recipe = configured.recipe();
        Path model = run.resolve(RunDirectory.MODEL);
        if (Files.isDirectory(model) && !RunLoop.hasCheckpoint(run)) {
            return alreadyComplete(run, model, recipe, shorter);
        }
        try (ProductScope products = RecipePrecision.products(recipe.precision());
                RunContext context = new RunContext(recipe.run(), listener, run)) {
            Job job = configured.open(context);
            int done = loop(stage, recipe).restore(job.trainer(), run);
            if (done >= job.trainer().steps() && Files.isDirectory(model)) {
                listener.note(run + ": complete at step " + done);
                return model;
            }
            if (done > job.trainer().steps()) {
                throw BadInputException.at(
                        "steps=" + job.trainer().steps(),
                        "fewer steps than the " + done + " that are done",
                        "more",
                        "start a new run instead of " + run);
            }
            listener.note(
                    done == 0
                            ? run + ": no checkpoint yet, starting at step 1"
                            : run + ": resuming after step " + done);
            String complete = RecipeWriter.yaml(recipe);
            AtomicFiles.write(run.resolve(RunDirectory.RECIPE), complete);
            RunRecord.of(recipe, complete, run, context).write(run);
            try (RunDirectory directory = RunDirectory.reopen(run, done)) {
                return train(stage, recipe, job, context, directory, done);
            }
        }
    }

    /** A complete run without checkpoints: nothing is left to do, and it cannot be extended. */
    private Path alreadyComplete(Path run, Path model, Recipe recipe, @Nullable Recipe shorter) {
        if (shorter != null && !Objects.equals(recipe.steps(), shorter.steps())) {
            throw BadInputException.at(
                    "steps=" + recipe.steps(),
                    "no checkpoint in " + run + " to resume from (checkpoint.every: "
                            + recipe.checkpoint().every() + ")",
                    "a run with checkpoints",
                    "start a new run with model=" + model);
        }
        listener.note(run + ": complete");
        return model;
    }

    private static void requireMore(Recipe recipe, int steps, Path run) {
        Integer before = recipe.steps();
        if (before != null && steps < before) {
            throw BadInputException.at(
                    "steps=" + steps,
                    "fewer steps than the run's " + before,
                    "more",
                    "start a new run instead of " + run);
        }
    }

    private Path train(String stage, Recipe recipe, Job job, RunContext context, RunDirectory directory, int done)
            throws IOException {
        LearningRateNotes.of(recipe, job.trainer().steps()).forEach(listener::note);
        loop(stage, recipe).run(job.trainer(), directory, done);
        job.finish(directory.path(), listener);
        context.writeAdapter(directory.path().resolve(RunDirectory.ADAPTER), job.tokenizer());
        FinishedModel.write(directory, recipe, job);
        return directory.model();
    }

    private RunLoop loop(String stage, Recipe recipe) {
        String name = stage.isEmpty() ? recipe.method() : stage;
        return new RunLoop(name, recipe.evaluate(), recipe.checkpoint(), recipe.rollouts(), listener);
    }
}
