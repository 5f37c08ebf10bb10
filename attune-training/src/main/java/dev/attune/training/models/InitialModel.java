package dev.attune.training.models;

import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.Parent;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.WeightStorage;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.RunSettings;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The model that training starts from: a tokenizer, and the weights of a directory or fresh ones.
 *
 * @param fresh the shape of a fresh model, or null if the weights are stored
 * @param resolved the source of weights and tokenizer, or of the tokenizer only; null if the tokenizer is learned
 */
public record InitialModel(
        ModelSource.@Nullable Fresh fresh, @Nullable ResolvedModel resolved, Tokenizer tokenizer, long seed) {
    /**
     * Loads or learns the tokenizer.
     *
     * @param texts of the training data, if a vocabulary is learned from them
     */
    public static InitialModel of(RunSettings run, Supplier<Stream<String>> texts) {
        if (run.model() instanceof ModelSource.Stored stored) {
            ResolvedModel resolved = ResolvedModel.of(stored.location());
            return new InitialModel(null, resolved, resolved.tokenizerOfModel(), run.seed());
        }
        ModelSource.Fresh fresh = (ModelSource.Fresh) run.model();
        String location = fresh.tokenizer();
        if (location == null) {
            int vocabulary = Objects.requireNonNull(fresh.vocabulary());
            Tokenizer learned = LearnedTokenizer.of(texts.get(), vocabulary, fresh.context(), fresh.prefixSpace());
            return new InitialModel(fresh, null, learned, run.seed());
        }
        ResolvedModel resolved = ResolvedModel.of(location);
        return new InitialModel(fresh, resolved, resolved.tokenizer(), run.seed());
    }

    /** The language model, which the caller closes. */
    public CausalLm languageModel() {
        return languageModel(WeightStorage.trainable());
    }

    /**
     * The language model, which the caller closes.
     *
     * @param storage of stored weights
     * @throws BadInputException if the weights are fresh and would stay frozen
     */
    public CausalLm languageModel(WeightStorage storage) {
        if (fresh == null) {
            return Checkpoints.loadCausal(stored().directory(), storage);
        }
        if (!storage.equals(WeightStorage.trainable())) {
            throw BadInputException.at(
                    "lora", "an adapter on a fresh model", "a trained one", "remove lora, or name a trained model");
        }
        return CausalLm.create(config(fresh), seed);
    }

    /** The model whose weights the run starts from; empty if they are fresh. */
    public List<Parent> parents() throws IOException {
        return fresh == null ? List.of(stored().parent("model")) : List.of();
    }

    /** The directory of the stored model. */
    public ResolvedModel stored() {
        return Objects.requireNonNull(resolved);
    }

    /** Whether the stored model is a reward model. */
    public boolean isReward() {
        return fresh == null && Checkpoints.isReward(stored().directory());
    }

    private ModelConfig config(ModelSource.Fresh shape) {
        return ModelConfig.llama()
                .vocabularySize(tokenizer.vocabularySize())
                .width(shape.width())
                .mlpWidth(shape.mlp())
                .layers(shape.layers())
                .heads(shape.heads())
                .kvHeads(shape.keyValueHeads())
                .maxPositions(shape.context())
                .initializerRange(shape.initializerRange())
                .tied(shape.tied())
                .tokens(tokenizer.bosId(), tokenizer.eosId(), tokenizer.padId())
                .build();
    }
}
