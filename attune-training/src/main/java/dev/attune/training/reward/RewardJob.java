package dev.attune.training.reward;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.data.RunData;
import dev.attune.training.data.TrainingTexts;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.InitialModel;
import dev.attune.training.models.RecipePrecision;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A reward model on preferences or rankings. */
record RewardJob(RewardRecipe recipe, RewardModel model, Tokenizer tokenizer, RewardTrainer trainer, boolean measured)
        implements Job {
    private static final String MEAN_POOLING = """
            ## Scores
            `reward_pooling: mean` in config.json: the score is read at the mean of the hidden states of the completion's
            tokens, its end tokens included. transformers does not know this key and reads the last token, which gives other
            scores; use `attune score`, or average over the completion before the head.

            """;

    static RewardJob open(RewardRecipe recipe, RunContext context) throws IOException {
        InitialModel initial = InitialModel.of(recipe.run(), () -> TrainingTexts.of(recipe.run()));
        Tokenizer tokenizer = context.own(initial.tokenizer());
        DataSettings settings = recipe.run().dataOrFail();
        SequenceEncoder encoder =
                SequenceEncoder.forReward(context.encoder(tokenizer), LengthLimit.of(settings, tokenizer.bosId()));
        RunData data = RunData.read(settings, recipe.evaluate(), recipe.seed(), encoder, context.listener());
        List<Comparison> train = comparisons(settings, data.train(), encoder);
        List<Comparison> heldOut =
                data.heldOut().isEmpty() ? List.of() : comparisons(settings, data.heldOutSet(), encoder);
        checkHeldOut(recipe, heldOut, context.listener());
        RewardModel model =
                context.own(new InitialRewardModel(initial, context).open(recipe.head(), recipe.trainable()));
        RecipePrecision.require(recipe.precision(), model.config());
        model.setSteps(null);
        model.useCheckpointing(recipe.run().gradientCheckpointing());
        context.addData(data.sources());
        context.addParents(initial.parents());
        RewardTrainer trainer = context.own(new RewardTrainer(
                model,
                train,
                heldOut,
                new RewardOptions(
                        recipe.steps() == null ? 0 : recipe.steps(),
                        recipe.epochs(),
                        recipe.batch().rows(),
                        recipe.batch().micro(),
                        recipe.head().standardize(),
                        recipe.comparison(),
                        settings.order(),
                        recipe.optimizer(),
                        recipe.seed()),
                context.listener()::note));
        return new RewardJob(recipe, model, tokenizer, trainer, !heldOut.isEmpty());
    }

    /** Reports a gate that cannot pass because there are too few pairs, or refuses it if the run requires it. */
    private static void checkHeldOut(RewardRecipe recipe, List<Comparison> heldOut, RunListener listener) {
        long pairs = heldOut.stream()
                .flatMap(comparison -> comparison.pairs().stream())
                .filter(pair -> !pair.tied())
                .count();
        int needed = recipe.gate().minComparisons();
        if ((heldOut.isEmpty() && !recipe.gate().require()) || pairs >= needed) {
            return;
        }
        String found = pairs + " held-out pairs";
        String expected = "at least " + needed + " for the gate (gate.min_comparisons)";
        String remedy = "raise evaluate.split, name evaluate.data, or lower gate.min_comparisons";
        if (recipe.gate().require()) {
            throw BadInputException.at(recipe.run().dataOrFail().path(), found, expected, remedy);
        }
        listener.note("the gate will fail: " + found + ", and it needs " + expected + "; " + remedy);
    }

    private static List<Comparison> comparisons(DataSettings settings, Dataset data, SequenceEncoder encoder) {
        return data.format().written() == DataFormat.RANKINGS
                ? Comparisons.ofRankings(data.rankings(), settings.pairOptions(), encoder)
                : Comparisons.ofPreferences(data.preferences(), encoder);
    }

    @Override
    public void finish(Path run, RunListener listener) throws IOException {
        if (measured) {
            RewardReport report = trainer.report();
            Gate gate = report.gate(recipe.gate());
            AtomicFiles.write(run.resolve(RewardJobFiles.REPORT), Json.pretty(report));
            AtomicFiles.write(run.resolve(RewardJobFiles.GATE), Json.pretty(gate));
            listener.note("the reward model " + (gate.passed() ? "passes" : "fails") + " its gate: " + gate.reason());
            if (!gate.passed() && recipe.gate().require()) {
                throw new RunFailedException("the reward model fails its gate: " + gate.reason());
            }
        }
        if (recipe.comparison().normalize()) {
            listener.note(trainer.normalize().describe());
        }
    }

    @Override
    public String modelNotes() {
        return model.pooling() == RewardPooling.LAST ? "" : MEAN_POOLING;
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveReward(directory, model, tokenizer, precision);
    }
}
