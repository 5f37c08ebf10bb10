package dev.attune.training.launch;

import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.recipe.SftRecipe;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.Trainer;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Supervised fine-tuning of an existing model, or pretraining of a new one. */
record SftJob(CausalLm model, Tokenizer tokenizer, SftTrainer sft, List<DataSource> data, List<Parent> parents)
        implements Job {

    static SftJob open(SftRecipe recipe, RunListener listener) throws IOException {
        InitialModel initial = InitialModel.of(recipe);
        Tokenizer tokenizer = initial.tokenizer();
        SftData rows = SftData.of(recipe, tokenizer, listener);
        CausalLm model = initial.languageModel();
        RecipePrecision.require(recipe, model.config());
        SftTrainer trainer = new SftTrainer(
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
                        recipe.seed()));
        return new SftJob(model, tokenizer, trainer, rows.sources(), initial.parents());
    }

    @Override
    public Trainer trainer() {
        return sft;
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, model, tokenizer, precision);
    }

    @Override
    public void close() {
        sft.close();
        model.close();
        tokenizer.close();
    }
}
