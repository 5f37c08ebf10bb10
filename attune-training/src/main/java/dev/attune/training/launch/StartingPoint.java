package dev.attune.training.launch;

import dev.attune.core.provenance.Parent;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.Recipe;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins with: a tokenizer, and the weights of a directory or fresh ones.
 *
 * @param fresh what a fresh model is like, or null where the weights are stored
 * @param place where weights and tokenizer, or the tokenizer alone, come from; null where the tokenizer is learned
 */
record StartingPoint(
        ModelSource.@Nullable Fresh fresh, @Nullable ModelPlace place, Tokenizer tokenizer, long seed) {
    static StartingPoint of(Recipe recipe) {
        if (recipe.model() instanceof ModelSource.Stored stored) {
            ModelPlace place = ModelPlace.of(stored.location());
            return new StartingPoint(null, place, place.tokenizerOfModel(), recipe.seed());
        }
        ModelSource.Fresh fresh = (ModelSource.Fresh) recipe.model();
        String location = fresh.tokenizer();
        if (location == null) {
            int vocabulary = Objects.requireNonNull(fresh.vocabulary());
            Tokenizer learned = LearnedTokenizer.of(recipe, vocabulary, fresh.context(), fresh.prefixSpace());
            return new StartingPoint(fresh, null, learned, recipe.seed());
        }
        ModelPlace place = ModelPlace.of(location);
        return new StartingPoint(fresh, place, place.tokenizer(), recipe.seed());
    }

    CausalLm languageModel() {
        return fresh == null ? Checkpoints.loadCausal(stored().directory()) : CausalLm.create(config(fresh), seed);
    }

    /** A reward model goes on; a language model, fresh or not, gives its trunk to a fresh head. */
    RewardModel rewardModel() {
        if (fresh == null && Checkpoints.isReward(stored().directory())) {
            return Checkpoints.loadReward(stored().directory());
        }
        try (CausalLm trunk = languageModel()) {
            return RewardModel.fromBackbone(trunk, seed);
        }
    }

    /** The model whose weights the run starts from, if it does. */
    List<Parent> parents() throws IOException {
        return fresh == null ? List.of(stored().parent("model")) : List.of();
    }

    private ModelPlace stored() {
        return Objects.requireNonNull(place);
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
