package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only language model. Owns its weights; returned tensors belong to the open scope. Several threads may compute
 * without gradients at once; for backward passes each needs its {@link #onWorker}.
 */
public final class CausalLm implements AutoCloseable {
    private final ModelConfig config;
    private final Parameters parameters;
    private final Decoder decoder;
    private final Tensor head;
    private final @Nullable Tensor headBias;
    private final Replicas<CausalLm> replicas = new Replicas<>();

    private CausalLm(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.decoder = new Decoder(config, parameters);
        DecoderSpec spec = config.spec();
        this.head = parameters.group((config.tied() ? spec.embedding() : spec.head()) + ".weight");
        this.headBias = spec.headBias() ? parameters.group(spec.head() + ".bias") : null;
    }

    /** A new model with random weights. */
    public static CausalLm create(ModelConfig config, long seed) {
        return new CausalLm(config.asCausal(), ParameterFactory.random(config.asCausal(), seed));
    }

    /**
     * A model with a copy of these weights, named as in a Hugging Face checkpoint. A tied head may be left out.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static CausalLm of(ModelConfig config, Map<String, Tensor> weights) {
        return of(config, WeightSource.of(weights));
    }

    /**
     * A model with a copy of these weights. Its configuration is untied if they hold an output projection that differs
     * from the embedding, regardless of {@code tie_word_embeddings}.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static CausalLm of(ModelConfig config, WeightSource weights) {
        if (config.isReward()) {
            throw BadInputException.at(
                    "architectures",
                    config.family().rewardArchitecture(),
                    config.family().causalArchitecture(),
                    "name a language model, not a reward model");
        }
        ModelConfig settled = TiedHead.settle(config, weights);
        return new CausalLm(settled, ParameterFactory.copied(settled, weights));
    }

    public ModelConfig config() {
        return config;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** Hidden states after the final norm, {@code [batch, time, width]}. */
    public Tensor hidden(TokenBatch batch) {
        return decoder.forward(batch, null);
    }

    /** Logits {@code [..., vocab]} of hidden states {@code [..., width]}. */
    public Tensor head(Tensor hidden) {
        Tensor logits = scaled(Weights.linear(hidden, head));
        Double cap = config.logitSoftcap();
        return cap == null ? logits : logits.dividedBy(cap).tanh().times(cap);
    }

    private Tensor scaled(Tensor products) {
        Tensor logits = headBias == null ? products : products.plus(Weights.float32(headBias));
        double divisor = config.architecture().factors().logitDivisor();
        return divisor == 1 ? logits : logits.dividedBy(divisor);
    }

    /** Logits of the token after each position, {@code [batch, time, vocab]}. */
    public Tensor logits(TokenBatch batch) {
        return head(hidden(batch));
    }

    /**
     * Like {@link #hidden(TokenBatch)}, and fills an empty cache with the keys and values.
     *
     * @param prompts left-padded
     */
    public Tensor prefill(TokenBatch prompts, KeyValueCache cache) {
        return decoder.forward(prompts, cache);
    }

    /**
     * Hidden states {@code [batch, 1, width]} of one more token per row.
     *
     * @param ids int64 {@code [batch, 1]}
     * @param cache of the earlier tokens; these are appended
     */
    public Tensor step(Tensor ids, KeyValueCache cache) {
        return decoder.step(ids, cache);
    }

    /**
     * The model for one of several threads that run backward passes at once: this one for worker 0, otherwise a replica
     * with the same weights and its own gradients, which the optimizer adds to this model's. Closed with this.
     */
    public CausalLm onWorker(int worker) {
        return replicas.get(worker, this, () -> new CausalLm(config, parameters.replica()));
    }

    /**
     * The model with its weights stored in this type: this one if they are, otherwise a new one, and this is closed.
     *
     * @param type FLOAT32, or BFLOAT16, which takes half the memory and cannot be trained
     */
    public CausalLm storedAs(DType type) {
        if (parameters.dtype() == type) {
            return this;
        }
        CausalLm stored = new CausalLm(config, parameters.storedAs(type));
        close();
        return stored;
    }

    /** A copy of the model with its own weights, in float32. */
    public CausalLm copy() {
        Parameters copy = Parameters.of(WeightLayout.of(config));
        copy.copyFrom(parameters);
        return new CausalLm(config, copy);
    }

    @Override
    public void close() {
        replicas.all().forEach(replica -> replica.decoder.close());
        decoder.close();
        parameters.close();
    }
}
