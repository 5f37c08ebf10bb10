package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.Parent;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.recipe.HeadSettings;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.Trainable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model that training starts from: a tokenizer, and the weights of a directory or fresh ones.
 *
 * @param fresh the shape of a fresh model, or null if the weights are stored
 * @param resolved the source of weights and tokenizer, or of the tokenizer only; null if the tokenizer is learned
 */
record InitialModel(
        ModelSource.@Nullable Fresh fresh, @Nullable ResolvedModel resolved, Tokenizer tokenizer, long seed) {
    static InitialModel of(Recipe recipe) {
        if (recipe.model() instanceof ModelSource.Stored stored) {
            ResolvedModel resolved = ResolvedModel.of(stored.location());
            return new InitialModel(null, resolved, resolved.tokenizerOfModel(), recipe.seed());
        }
        ModelSource.Fresh fresh = (ModelSource.Fresh) recipe.model();
        String location = fresh.tokenizer();
        if (location == null) {
            int vocabulary = Objects.requireNonNull(fresh.vocabulary());
            Tokenizer learned = LearnedTokenizer.of(recipe, vocabulary, fresh.context(), fresh.prefixSpace());
            return new InitialModel(fresh, null, learned, recipe.seed());
        }
        ResolvedModel resolved = ResolvedModel.of(location);
        return new InitialModel(fresh, resolved, resolved.tokenizer(), recipe.seed());
    }

    CausalLm languageModel() {
        return fresh == null ? Checkpoints.loadCausal(stored().directory()) : CausalLm.create(config(fresh), seed);
    }

    /**
     * The reward model that a recipe trains: a stored one is trained further, a language model gets a fresh head. If
     * only the head is trained it starts at zero, because the optimum of a linear probe does not depend on its initial
     * weights.
     */
    RewardModel rewardModel(HeadSettings head, Trainable trainable) {
        RewardModel model = fresh == null && Checkpoints.isReward(stored().directory())
                ? continued(Checkpoints.loadReward(stored().directory()), head)
                : withFreshHead(head, trainable);
        freeze(model, trainable);
        return model;
    }

    private RewardModel withFreshHead(HeadSettings head, Trainable trainable) {
        try (CausalLm backbone = languageModel();
                Scope scope = Scope.open()) {
            RewardModel.Shape shape = shape(head, backbone.config().layers());
            return trainable == Trainable.Part.HEAD
                    ? RewardModel.fromBackbone(
                            backbone, shape, Tensor.zeros(1, backbone.config().width()))
                    : RewardModel.fromBackbone(backbone, shape, seed);
        }
    }

    private static RewardModel.Shape shape(HeadSettings head, int layers) {
        int kept = head.layer() == null ? layers : head.layer();
        if (kept > layers) {
            throw BadInputException.at(
                    "head.layer", "" + kept, "at most the model's " + layers + " layers", "name a layer of the model");
        }
        return new RewardModel.Shape(kept, head.pooling() == null ? RewardPooling.LAST : head.pooling());
    }

    /** @throws BadInputException if the recipe asks for another head than the stored model has */
    private static RewardModel continued(RewardModel model, HeadSettings head) {
        RewardPooling pooling = head.pooling();
        Integer layer = head.layer();
        int layers = model.config().layers();
        boolean poolingFits = pooling == null || pooling == model.pooling();
        if (poolingFits && (layer == null || layer == layers)) {
            return model;
        }
        String found = poolingFits ? "" + layer : String.valueOf(pooling).toLowerCase(Locale.ROOT);
        String expected = poolingFits
                ? layers + ", as the reward model has"
                : model.pooling().configName() + ", as the reward model has";
        model.close();
        throw BadInputException.at(
                poolingFits ? "head.layer" : "head.pooling",
                found,
                expected,
                "remove the key, or start from a language model");
    }

    private static void freeze(RewardModel model, Trainable trainable) {
        if (trainable == Trainable.Part.HEAD) {
            model.freezeBackbone();
        } else if (trainable instanceof Trainable.LastLayers last) {
            int layers = model.config().layers();
            if (last.lastLayers() > layers) {
                model.close();
                throw BadInputException.at(
                        "trainable.last_layers",
                        "" + last.lastLayers(),
                        "at most the " + layers + " layers that are kept",
                        "train fewer layers");
            }
            model.freezeAllButLast(last.lastLayers());
        }
    }

    /** The model whose weights the run starts from; empty if they are fresh. */
    List<Parent> parents() throws IOException {
        return fresh == null ? List.of(stored().parent("model")) : List.of();
    }

    private ResolvedModel stored() {
        return Objects.requireNonNull(resolved);
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
