package dev.attune.training.sft;

import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.data.TrainingTexts;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.InitialModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Supervised fine-tuning of an existing model, or pretraining of a new one. */
record SftJob(CausalLm model, Tokenizer tokenizer, SftTrainer trainer) implements Job {

    static SftJob open(SftRecipe recipe, RunContext context) throws IOException {
        InitialModel initial = InitialModel.of(recipe.run(), () -> texts(recipe));
        Tokenizer tokenizer = context.own(initial.tokenizer());
        SftData rows = SftData.of(recipe, context.encoder(tokenizer), context.listener());
        CausalLm model = context.trained(initial.languageModel(context.storage()));
        context.addData(rows.sources());
        context.addParents(initial.parents());
        SftTrainer trainer = context.own(new SftTrainer(
                model,
                rows.documents(),
                rows.heldOut(),
                new SftOptions(
                        recipe.steps() == null ? 0 : recipe.steps(),
                        recipe.epochs(),
                        recipe.batch().rows(),
                        recipe.batch().micro(),
                        rows.maxLength(),
                        recipe.packing(),
                        recipe.order(),
                        recipe.optimizer(),
                        recipe.seed())));
        return new SftJob(model, tokenizer, trainer);
    }

    /** The texts from which a vocabulary is learned. */
    private static Stream<String> texts(SftRecipe recipe) {
        DemonstrationSettings demonstrations = recipe.demonstrations();
        return demonstrations == null
                ? TrainingTexts.of(recipe.run())
                : Demonstrations.of(demonstrations, recipe.run()).texts();
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, model, tokenizer, precision);
    }
}
