package dev.attune.training.reward;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.InitialModel;
import java.util.Locale;

/** The reward model that training starts from. */
public final class InitialRewardModel {
    private final InitialModel initial;
    private final RunContext context;

    public InitialRewardModel(InitialModel initial, RunContext context) {
        this.initial = initial;
        this.context = context;
    }

    /**
     * The reward model that a recipe trains: a stored one is trained further, a language model gets a fresh head. If
     * only the head is trained it starts at zero, because the optimum of a linear probe does not depend on its initial
     * weights.
     */
    public RewardModel open(HeadSettings head, Trainable trainable) {
        if (context.settings().lora() != null) {
            return adapted(head, trainable);
        }
        RewardModel model = initial.isReward()
                ? continued(Checkpoints.loadReward(initial.stored().directory()), head)
                : withFreshHead(head, trainable);
        freeze(model, trainable);
        return model;
    }

    /** An adapter with a score head on a frozen language model. */
    private RewardModel adapted(HeadSettings head, Trainable trainable) {
        if (initial.isReward() || trainable != Trainable.Part.ALL) {
            throw BadInputException.at(
                    "lora",
                    initial.isReward() ? "an adapter on a reward model" : "an adapter and trainable: " + trainable,
                    "an adapter on a language model, with trainable: all",
                    "start from a language model and remove trainable");
        }
        CausalLm language = initial.languageModel(context.storage());
        return context.adaptedReward(language, shape(head, language.config().layers()));
    }

    private RewardModel withFreshHead(HeadSettings head, Trainable trainable) {
        try (CausalLm backbone = initial.languageModel();
                Scope scope = Scope.open()) {
            RewardModel.Shape shape = shape(head, backbone.config().layers());
            return trainable == Trainable.Part.HEAD
                    ? RewardModel.fromBackbone(
                            backbone, shape, Tensor.zeros(1, backbone.config().width()))
                    : RewardModel.fromBackbone(backbone, shape, initial.seed());
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
}
