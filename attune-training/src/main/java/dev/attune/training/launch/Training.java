package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.tensor.ProductScope;
import dev.attune.training.recipe.PpoRecipe;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RecipeFile;
import dev.attune.training.recipe.RecipeReader;
import dev.attune.training.recipe.RecipeWriter;
import dev.attune.training.recipe.RewardRecipe;
import dev.attune.training.recipe.SftRecipe;
import dev.attune.training.recipe.StageReferences;
import dev.attune.training.run.RunDirectory;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.RunLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            return start("", single.recipe(), out);
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
            return resume("", single.recipe(), run, steps);
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
            Recipe recipe = StageReferences.resolve(stage.recipe(), models);
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

    private Path start(String stage, Recipe recipe, Path out) throws IOException {
        RunDirectory.requireEmpty(out);
        try (ProductScope products = RecipePrecision.products(recipe);
                Job job = open(recipe)) {
            String complete = RecipeWriter.yaml(recipe);
            try (RunDirectory directory = RunDirectory.create(out, complete)) {
                RunRecord.of(recipe, complete, out, job).write(out);
                return train(stage, recipe, job, directory, 0);
            }
        }
    }

    private Path resume(String stage, Recipe recorded, Path run, @Nullable Integer steps) throws IOException {
        Recipe recipe = steps == null ? recorded : extended(recorded, steps, run);
        Path model = run.resolve(RunDirectory.MODEL);
        if (Files.isDirectory(model) && !RunLoop.hasCheckpoint(run)) {
            return alreadyComplete(run, model, recorded, steps);
        }
        try (ProductScope products = RecipePrecision.products(recipe);
                Job job = open(recipe)) {
            int done = loop(stage, recipe, job).restore(job.trainer(), run);
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
            RunRecord.of(recipe, complete, run, job).write(run);
            try (RunDirectory directory = RunDirectory.reopen(run, done)) {
                return train(stage, recipe, job, directory, done);
            }
        }
    }

    /** A complete run without checkpoints: nothing is left to do, and it cannot be extended. */
    private Path alreadyComplete(Path run, Path model, Recipe recorded, @Nullable Integer steps) {
        if (steps != null && !steps.equals(recorded.steps())) {
            throw BadInputException.at(
                    "steps=" + steps,
                    "no checkpoint in " + run + " to resume from (checkpoint.every: "
                            + recorded.checkpoint().every() + ")",
                    "a run with checkpoints",
                    "start a new run with model=" + model);
        }
        listener.note(run + ": complete");
        return model;
    }

    private static Recipe extended(Recipe recipe, int steps, Path run) {
        Integer before = recipe.steps();
        if (before != null && steps < before) {
            throw BadInputException.at(
                    "steps=" + steps,
                    "fewer steps than the run's " + before,
                    "more",
                    "start a new run instead of " + run);
        }
        return recipe.withSteps(steps);
    }

    private Path train(String stage, Recipe recipe, Job job, RunDirectory directory, int done) throws IOException {
        LearningRateNotes.of(recipe, job.trainer().steps()).forEach(listener::note);
        loop(stage, recipe, job).run(job.trainer(), directory, done);
        job.finish(directory.path(), listener);
        FinishedModel.write(directory, recipe, job);
        return directory.model();
    }

    private RunLoop loop(String stage, Recipe recipe, Job job) {
        String name = stage.isEmpty() ? recipe.method() : stage;
        return new RunLoop(name, recipe.evaluate(), recipe.checkpoint(), job.rollouts(), listener);
    }

    private Job open(Recipe recipe) throws IOException {
        if (recipe instanceof SftRecipe sft) {
            return SftJob.open(sft, listener);
        }
        if (recipe instanceof RewardRecipe reward) {
            return RewardJob.open(reward, listener);
        }
        return PpoJob.open((PpoRecipe) recipe, listener);
    }
}
