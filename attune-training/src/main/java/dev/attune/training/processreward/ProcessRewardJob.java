package dev.attune.training.processreward;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.data.RunData;
import dev.attune.training.data.TrainingTexts;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.InitialModel;
import dev.attune.training.models.RecipePrecision;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.reward.HeadSettings;
import dev.attune.training.reward.InitialRewardModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process reward model on labelled steps. */
record ProcessRewardJob(RewardModel model, Tokenizer tokenizer, ProcessRewardTrainer trainer) implements Job {
    private static final String NOTES = """
            ## Scores
            One logit per step, at the last token of the step mark (`reward_step_mark` in config.json); its sigmoid is the
            probability that the step is correct. The prompt, each step and each mark are tokenized by themselves and
            joined. `AutoModelForSequenceClassification` of transformers gives the logit of the last token, which is that of
            the last step if the sequence ends with a mark; for the others, apply `score` to the hidden states at the marks.

            """;

    static ProcessRewardJob open(ProcessRewardRecipe recipe, RunContext context) throws IOException {
        InitialModel initial = InitialModel.of(recipe.run(), () -> TrainingTexts.of(recipe.run()));
        Tokenizer tokenizer = context.own(initial.tokenizer());
        DataSettings settings = recipe.run().dataOrFail();
        StepRows rows = new StepRows(
                context.encoder(tokenizer), LengthLimit.of(settings, tokenizer.bosId()), recipe.processReward());
        RunData data = RunData.read(settings, recipe.evaluate(), recipe.seed(), rows.sequences(), context.listener());
        List<LabelledSteps> train = labelled(data.train(), rows, context);
        List<LabelledSteps> heldOut = data.heldOut().isEmpty() ? List.of() : labelled(data.heldOutSet(), rows, context);
        RewardModel model =
                context.own(new InitialRewardModel(initial, context).open(HeadSettings.DEFAULT, recipe.trainable()));
        requireLastToken(recipe, model);
        RecipePrecision.require(recipe.precision(), model.config());
        model.setSteps(recipe.processReward().reading());
        model.useCheckpointing(recipe.run().gradientCheckpointing());
        context.addData(data.sources());
        context.addParents(initial.parents());
        ProcessRewardTrainer trainer = context.own(new ProcessRewardTrainer(
                model,
                train,
                heldOut,
                new ProcessRewardOptions(
                        recipe.steps() == null ? 0 : recipe.steps(),
                        recipe.epochs(),
                        recipe.batch().rows(),
                        recipe.batch().micro(),
                        recipe.processReward().aggregation(),
                        settings.order(),
                        recipe.optimizer(),
                        recipe.seed())));
        return new ProcessRewardJob(model, tokenizer, trainer);
    }

    private static List<LabelledSteps> labelled(Dataset data, StepRows rows, RunContext context) {
        List<Row.StepsRow> all = data.rowsOf(Row.StepsRow.class);
        List<LabelledSteps> labelled = rows.labelled(all);
        if (labelled.size() < all.size()) {
            context.listener()
                    .note(all.size() - labelled.size() + " of " + all.size()
                            + " solutions have no labelled step and are left out");
        }
        return labelled;
    }

    private static void requireLastToken(ProcessRewardRecipe recipe, RewardModel model) {
        if (model.pooling() != RewardPooling.LAST) {
            throw BadInputException.at(
                    "model",
                    recipe.run().start() + ", a reward model with reward_pooling: "
                            + model.pooling().configName(),
                    "a language model, or a reward model that is read at one token",
                    "start from another model");
        }
    }

    @Override
    public String modelNotes() {
        return NOTES;
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveReward(directory, model, tokenizer, precision);
    }
}
