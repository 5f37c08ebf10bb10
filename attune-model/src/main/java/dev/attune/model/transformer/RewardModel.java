package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardHead;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A decoder with one score instead of a vocabulary ({@code ForSequenceClassification} with one label): a reward model
 * read at the last real token, or a critic read at every position. Owns its weights. Not thread-safe.
 */
public final class RewardModel implements AutoCloseable {
    private ModelConfig config;
    private final Parameters parameters;
    private final Decoder decoder;
    private final Tensor head;

    private RewardModel(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.decoder = new Decoder(config, parameters);
        this.head = parameters.group(WeightLayout.SCORE);
    }

    /** A language model's backbone with a copy of its weights and a head drawn from N(0, 1 / (width + 1)). */
    public static RewardModel fromBackbone(CausalLm model, long seed) {
        int width = model.config().width();
        try (Scope scope = Scope.open()) {
            double deviation = 1 / Math.sqrt(width + 1.0);
            return fromBackbone(model, Randomness.of(seed, "reward head").normal(0, deviation, 1, width));
        }
    }

    /** @param head of the scores, {@code [1, width]}; copied, like the backbone's weights */
    public static RewardModel fromBackbone(CausalLm model, Tensor head) {
        ModelConfig causal = model.config();
        Integer pad = causal.tokens().pad();
        var weights = new LinkedHashMap<String, Tensor>(model.parameters().byName());
        weights.remove(DecoderSpec.of(causal.family()).head() + ".weight");
        weights.put(WeightLayout.SCORE, head);
        return of(causal.asReward(pad == null ? 0 : pad, 0), weights);
    }

    /**
     * A model with a copy of these weights, named as in a Hugging Face checkpoint.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static RewardModel of(ModelConfig config, Map<String, Tensor> weights) {
        return of(config, WeightSource.of(weights));
    }

    /**
     * A model with a copy of these weights.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static RewardModel of(ModelConfig config, WeightSource weights) {
        if (!config.isReward()) {
            throw BadInputException.at(
                    "architectures",
                    config.family().causalArchitecture(),
                    config.family().rewardArchitecture(),
                    "name a reward model, not a language model");
        }
        return new RewardModel(config, Weights.copied(config, weights));
    }

    public ModelConfig config() {
        return config;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** What is added to every score. */
    public double rewardBias() {
        RewardHead reward = config.reward();
        return reward == null ? 0 : reward.bias();
    }

    /** Changes what is added to every score, as normalisation after training does. */
    public void setRewardBias(double bias) {
        Integer pad = config.tokens().pad();
        config = config.asReward(pad == null ? 0 : pad, bias);
    }

    /** Multiplies head and bias, so that every score is multiplied. */
    public void scale(double factor) {
        try (NoGrad off = NoGrad.on()) {
            head.timesInPlace(factor);
        }
        setRewardBias(rewardBias() * factor);
    }

    /** The raw score of each row at its last real token, {@code [batch]}. */
    public Tensor scores(TokenBatch batch) {
        Tensor hidden = decoder.forward(batch, null);
        Tensor places = Tensor.arange(batch.time()).times(batch.mask());
        Tensor last = places.argmax(1).reshape(-1, 1, 1).expand(-1, 1, config.width());
        return head(hidden.gather(1, last)).reshape(-1);
    }

    /** The score read at every position, {@code [batch, time]}. */
    public Tensor values(TokenBatch batch) {
        return head(decoder.forward(batch, null)).squeeze(-1);
    }

    private Tensor head(Tensor hidden) {
        Tensor raw = Functional.linear(hidden, head, null);
        return rewardBias() == 0 ? raw : raw.plus(rewardBias());
    }

    /** The same weights in storage of their own. */
    public RewardModel copy() {
        Parameters copy = Parameters.of(WeightLayout.of(config));
        copy.copyFrom(parameters);
        return new RewardModel(config, copy);
    }

    @Override
    public void close() {
        decoder.close();
        parameters.close();
    }
}
