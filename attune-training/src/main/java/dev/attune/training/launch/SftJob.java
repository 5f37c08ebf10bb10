package dev.attune.training.launch;

import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.core.text.Exchange;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.ExchangeEncoder;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.SftRecipe;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.Trainer;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Supervised fine-tuning of a model of a directory, or pretraining of a fresh one. */
record SftJob(CausalLm model, Tokenizer tokenizer, SftTrainer sft, List<DataSource> data, List<Parent> parents)
        implements Job {

    static SftJob open(SftRecipe recipe, RunListener listener) throws IOException {
        ModelPlace place = ModelPlace.of(
                recipe.model() instanceof ModelSource.Fresh fresh
                        ? fresh.tokenizer()
                        : ((ModelSource.Stored) recipe.model()).location());
        Tokenizer tokenizer = place.tokenizer();
        ExchangeEncoder encoder = new ExchangeEncoder(
                tokenizer,
                PromptEncoder.named(tokenizer, recipe.template())::encode,
                recipe.data().maxLength());
        RunData data = RunData.read(
                recipe.data(), recipe.evaluate(), recipe.seed(), prompt -> encoder.prompt(prompt).length, listener);
        boolean fresh = recipe.model() instanceof ModelSource.Fresh;
        CausalLm model = fresh
                ? CausalLm.create(config((ModelSource.Fresh) recipe.model(), tokenizer), recipe.seed())
                : Checkpoints.loadCausal(place.directory());
        SftTrainer trainer = new SftTrainer(
                model,
                documents(data.train().demonstrations(), encoder, recipe.completionOnly()),
                documents(data.heldOutSet().demonstrations(), encoder, recipe.completionOnly()),
                new SftOptions(
                        recipe.steps() == null ? 0 : recipe.steps(),
                        recipe.epochs(),
                        recipe.batch().rows(),
                        recipe.batch().micro(),
                        recipe.data().maxLength(),
                        recipe.packing(),
                        recipe.optimizer(),
                        recipe.seed()));
        return new SftJob(
                model, tokenizer, trainer, data.sources(), fresh ? List.of() : List.of(place.parent("model")));
    }

    private static ModelConfig config(ModelSource.Fresh fresh, Tokenizer tokenizer) {
        return ModelConfig.llama()
                .vocabularySize(tokenizer.vocabularySize())
                .width(fresh.width())
                .mlpWidth(fresh.mlp())
                .layers(fresh.layers())
                .heads(fresh.heads())
                .kvHeads(fresh.keyValueHeads())
                .maxPositions(fresh.context())
                .tied(fresh.tied())
                .tokens(tokenizer.bosId(), tokenizer.eosId(), tokenizer.padId())
                .build();
    }

    private static List<TokenDocument> documents(
            List<Exchange> exchanges, ExchangeEncoder encoder, boolean completionOnly) {
        return exchanges.stream()
                .map(exchange -> encoder.document(exchange.prompt(), exchange.completion()))
                .map(document -> completionOnly ? document : TokenDocument.whole(document.tokens()))
                .toList();
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
