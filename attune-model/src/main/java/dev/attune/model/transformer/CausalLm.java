package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only language model. Owns its weights; returned tensors belong to the open scope. Several threads may compute
 * without gradients at once; for backward passes each needs its {@link #onWorker}.
 */
public final class CausalLm implements AutoCloseable {
    private final ModelConfig config;
    private final ModelWeights weights;
    private final boolean ownsBase;
    private final Decoder decoder;
    private final LinearWeight head;
    private final @Nullable Tensor headBias;
    private final @Nullable WeightChange headChange;
    private final Replicas<CausalLm> replicas = new Replicas<>();
    private boolean checkpointing;

    private CausalLm(ModelConfig config, ParameterSet parameters) {
        this(config, ModelWeights.of(parameters), true);
    }

    private CausalLm(ModelConfig config, ModelWeights weights, boolean ownsBase) {
        this.config = config;
        this.weights = weights;
        this.ownsBase = ownsBase;
        this.decoder = new Decoder(config, weights);
        this.head = weights.headProjection(config);
        this.headChange = weights.headChange(config);
        DecoderSpec spec = config.spec();
        this.headBias = spec.headBias() ? weights.group(spec.head() + ".bias") : null;
    }

    /**
     * A model that computes with a base's weights and an adaptation of them. The base, which must outlive it, cannot be
     * trained from now on; the adaptation is closed with the model.
     *
     * @throws IllegalStateException if the base's weights are trained
     */
    public static CausalLm adapted(BaseModel base, Adaptation adaptation) {
        base.weights().freezeAsBase();
        return new CausalLm(base.config(), new ModelWeights(base.weights(), adaptation), false);
    }

    /** The weights of this model, or of its base, as a base of adapted models. */
    public BaseModel asBase() {
        return new BaseModel(config, weights.base());
    }

    /**
     * The base exactly as it is, without anything that an adaptation changes: another view of the same weights, which
     * stay those of the base's owner.
     */
    public CausalLm withoutAdapter() {
        return new CausalLm(config, ModelWeights.of(weights.base()), false);
    }

    /**
     * A view of this model for decoding: its matrices are copied into the blocks in which products with few rows are
     * fastest. Passes without gradients give the same results within rounding. Valid while the weights stay as they are;
     * takes their memory again, and is closed before this.
     */
    public CausalLm inBlocks() {
        BlockedWeights blocks = new BlockedWeights();
        CausalLm view = new CausalLm(config, weights.in(blocks), false);
        blocks.copyAll();
        return view;
    }

    /** Whether this is a view with copies {@linkplain #inBlocks() in blocks}. */
    public boolean isInBlocks() {
        return weights.blocks() != null;
    }

    /** What changes the base, or null if nothing does. */
    public @Nullable Adaptation adaptation() {
        return weights.adaptation();
    }

    /**
     * Sets the step of the run, which dropout in later passes with gradients derives from; call it before the first pass
     * of a step. Does nothing without an adaptation.
     */
    public void atStep(long step) {
        Adaptation adaptation = weights.adaptation();
        if (adaptation != null) {
            adaptation.atStep(step);
        }
    }

    /** Whether this model computes what another does: the same base and no change yet, or equal weights. */
    public boolean computesAs(CausalLm other) {
        return weights.computesAs(other.weights);
    }

    /**
     * The weights of a model without adaptation that computes the same; new tensors belong to the open scope, others are
     * this model's own.
     */
    public MergedWeights merged() {
        return weights.merged(config);
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
        return of(config, weights, WeightStorage.trainable());
    }

    /**
     * A model with a copy of these weights, read one at a time into the types in which they are kept.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static CausalLm of(ModelConfig config, WeightSource weights, WeightStorage storage) {
        if (config.isReward()) {
            throw BadInputException.at(
                    "architectures",
                    config.family().rewardArchitecture(),
                    config.family().causalArchitecture(),
                    "name a language model, not a reward model");
        }
        ModelConfig settled = TiedHead.settle(config, weights);
        return new CausalLm(settled, ParameterFactory.copied(settled, weights, storage));
    }

    public ModelConfig config() {
        return config;
    }

    /** The model's own weights: those of the adaptation, if there is one. */
    public ParameterSet parameters() {
        return weights.own();
    }

    /** The type in which the key-value cache of this model is kept. */
    public DType cacheType() {
        return weights.cacheType();
    }

    /** The number of elements that a pass reads. */
    public long elements() {
        return weights.elements();
    }

    /** Hidden states after the final norm, {@code [batch, time, width]}. */
    public Tensor hidden(TokenBatch batch) {
        return decoder.forward(batch, null);
    }

    /** Logits {@code [..., vocab]} of hidden states {@code [..., width]}. */
    public Tensor head(Tensor hidden) {
        Tensor base = head.apply(hidden, null);
        Tensor logits = scaled(headChange == null ? base : headChange.apply(hidden, base, null));
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
     * Hidden states {@code [1, time, width]} of the next tokens of several sequences, one after the other; each may be cached
     * already in part. As with {@link #stepEach}, the digits of a sequence do not depend on the others, and those of a token
     * not on those before it being cached, as long as the parts are the same.
     *
     * @param parts token ids of each sequence
     * @param caches of the earlier tokens, without padding; these are appended
     * @throws IllegalStateException if {@link #allowsRowsOfAnyLength()} is false
     */
    public Tensor extendEach(List<int[]> parts, List<KeyValueCache> caches) {
        requireRowsOfAnyLength();
        return decoder.extendEach(parts, caches);
    }

    /**
     * Hidden states {@code [rows, 1, width]} of one more token per row. Rows have different lengths and a cache each, and
     * the digits of a row do not depend on the others as far as products do not: with matrices in blocks.
     *
     * @param ids int64 {@code [rows, 1]}
     * @param caches of the earlier tokens, without padding; these are appended
     * @throws IllegalStateException if {@link #allowsRowsOfAnyLength()} is false
     */
    public Tensor stepEach(Tensor ids, List<KeyValueCache> caches) {
        requireRowsOfAnyLength();
        return decoder.stepEach(ids, caches);
    }

    private void requireRowsOfAnyLength() {
        if (!allowsRowsOfAnyLength()) {
            throw new IllegalStateException("the rotary frequencies depend on the length");
        }
    }

    /** False for models whose rotary frequencies depend on the length of the sequence. */
    public boolean allowsRowsOfAnyLength() {
        return decoder.allowsRowsOfAnyLength();
    }

    /** Whether every matrix of this model is in blocks, whose products give a row the same digits in any company. */
    public boolean isWhollyInBlocks() {
        BlockedWeights blocks = weights.blocks();
        return blocks != null && blocks.haveAll() && config.mlp().experts() == null;
    }

    /**
     * Whether later passes with gradients keep only the inputs of layers, whose insides the backward pass computes again:
     * the same losses and gradients bit for bit, in less memory and a third more time. Off at first; holds for all
     * workers. Scoring and generation are not affected.
     */
    public void useCheckpointing(boolean on) {
        checkpointing = on;
        decoder.useCheckpointing(on);
        replicas.all().forEach(replica -> replica.useCheckpointing(on));
    }

    private CausalLm replica() {
        CausalLm replica = new CausalLm(config, weights.replica(), false);
        replica.useCheckpointing(checkpointing);
        return replica;
    }

    /**
     * The model for one of several threads that run backward passes at once: this one for worker 0, otherwise a replica
     * with the same weights and its own gradients, which the optimizer adds to this model's. Closed with this.
     */
    public CausalLm onWorker(int worker) {
        return replicas.get(worker, this, this::replica);
    }

    /**
     * The model with its weights stored in this type: this one if they are, otherwise a new one, and this is closed.
     *
     * @param type FLOAT32, or BFLOAT16, which takes half the memory and cannot be trained
     */
    public CausalLm storedAs(DType type) {
        ParameterSet base = weights.requireBase();
        if (base.dtype() == type) {
            return this;
        }
        CausalLm stored = new CausalLm(config, base.storedAs(type));
        close();
        return stored;
    }

    /** A copy of the model with its own weights, in float32; an adaptation is merged into them. */
    public CausalLm copy() {
        if (weights.adaptation() != null) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.on()) {
                MergedWeights merged = merged();
                return of(merged.config(), merged.byName());
            }
        }
        ParameterSet copy = ParameterSet.of(WeightLayout.of(config), WeightStorage.trainable());
        copy.copyFrom(weights.base());
        return new CausalLm(config, copy);
    }

    @Override
    public void close() {
        replicas.all().forEach(replica -> replica.decoder.close());
        decoder.close();
        weights.close(ownsBase);
    }
}
