package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardHead;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.config.StepReading;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with one score instead of a vocabulary ({@code ForSequenceClassification} with one label): a reward model
 * read at the last real token, at the mean over the completion or at the end of each step, or a critic read at every
 * position. Owns its weights.
 * Several threads may compute without gradients at once; for backward passes each needs its {@link #onWorker}.
 */
public final class RewardModel implements AutoCloseable {
    private ModelConfig config;
    private ModelWeights weights;
    private final boolean ownsBase;
    private Decoder decoder;
    private Tensor head;
    private final Replicas<RewardModel> replicas = new Replicas<>();
    private boolean checkpointing;

    private RewardModel(ModelConfig config, ParameterSet parameters) {
        this(config, ModelWeights.of(parameters), true);
    }

    private RewardModel(ModelConfig config, ModelWeights weights, boolean ownsBase) {
        this.config = config;
        this.weights = weights;
        this.ownsBase = ownsBase;
        this.decoder = new Decoder(config, weights);
        this.head = weights.group(WeightLayout.SCORE);
    }

    /**
     * A reward model, or critic, that computes with a base's weights and an adaptation of them, which has the score head.
     * The base, which must outlive it, cannot be trained from now on; the adaptation is closed with the model.
     *
     * @param base {@code model.asBase().asReward()} of a language model, or {@code asBase()} of a reward model
     * @throws IllegalStateException if the base's weights are trained
     */
    public static RewardModel adapted(BaseModel base, Adaptation adaptation) {
        base.weights().freezeAsBase();
        return new RewardModel(base.config(), new ModelWeights(base.weights(), adaptation), false);
    }

    /** The weights of this model, or of its base, as a base of adapted models. */
    public BaseModel asBase() {
        return new BaseModel(config, weights.base());
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

    /**
     * The weights of a model without adaptation that computes the same; new tensors belong to the open scope, others are
     * this model's own.
     */
    public MergedWeights merged() {
        return weights.merged(config);
    }

    /**
     * The backbone and pooling of a new head.
     *
     * @param layers number of the backbone's layers, from the first; the others are removed, and the final norm follows
     *     the last one kept
     */
    public record Shape(int layers, RewardPooling pooling) {
        /** All layers, read at the last token, as in transformers. */
        public static Shape standard(ModelConfig config) {
            return new Shape(config.layers(), RewardPooling.LAST);
        }
    }

    /** A language model's backbone with a copy of its weights and a random head from N(0, 1 / (width + 1)). */
    public static RewardModel fromBackbone(CausalLm model, long seed) {
        return fromBackbone(model, Shape.standard(model.config()), seed);
    }

    /** A copy of the shape's layers with a random head from N(0, 1 / (width + 1)). */
    public static RewardModel fromBackbone(CausalLm model, Shape shape, long seed) {
        int width = model.config().width();
        try (Scope scope = Scope.open()) {
            double deviation = 1 / Math.sqrt(width + 1.0);
            return fromBackbone(model, shape, Randomness.of(seed, "reward head").normal(0, deviation, 1, width));
        }
    }

    /** A copy of all layers, read at the last token by a copy of this head, {@code [1, width]}. */
    public static RewardModel fromBackbone(CausalLm model, Tensor head) {
        return fromBackbone(model, Shape.standard(model.config()), head);
    }

    /** @param head of the scores, {@code [1, width]}; copied, like the backbone's weights */
    public static RewardModel fromBackbone(CausalLm model, Shape shape, Tensor head) {
        ModelConfig causal = model.config();
        Integer pad = causal.tokens().pad();
        ModelConfig config = causal.withLayers(shape.layers())
                .asReward(pad == null ? 0 : pad, 0)
                .withPooling(shape.pooling());
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            var weights = new LinkedHashMap<String, Tensor>(model.merged().byName());
            weights.put(WeightLayout.SCORE, head);
            weights.keySet().retainAll(WeightCheck.expected(config).keySet());
            return of(config, weights);
        }
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
        return of(config, weights, WeightStorage.trainable());
    }

    /**
     * A model with a copy of these weights, read one at a time into the types in which they are kept.
     *
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static RewardModel of(ModelConfig config, WeightSource weights, WeightStorage storage) {
        if (!config.isReward()) {
            throw BadInputException.at(
                    "architectures",
                    config.family().causalArchitecture(),
                    config.family().rewardArchitecture(),
                    "name a reward model, not a language model");
        }
        return new RewardModel(config, ParameterFactory.copied(config, weights, storage));
    }

    public ModelConfig config() {
        return config;
    }

    /** The model's own weights: those of the adaptation, if there is one. */
    public ParameterSet parameters() {
        return weights.own();
    }

    /** The bias that is added to every score. */
    public double rewardBias() {
        RewardHead reward = config.reward();
        return reward == null ? 0 : reward.bias();
    }

    /** Sets the bias that is added to every score, as normalisation after training does. */
    public void setRewardBias(double bias) {
        Integer pad = config.tokens().pad();
        config = config.asReward(pad == null ? 0 : pad, bias);
        replicas.all().forEach(replica -> replica.config = config);
    }

    /** Multiplies head and bias, so that every score is multiplied. */
    public void scale(double factor) {
        try (NoGrad off = NoGrad.on()) {
            head.timesInPlace(factor);
        }
        setRewardBias(rewardBias() * factor);
    }

    /** Which hidden states the head reads. */
    public RewardPooling pooling() {
        RewardHead reward = config.reward();
        return reward == null ? RewardPooling.LAST : reward.pooling();
    }

    /** How steps are read; null if this is no process reward model. */
    public @Nullable StepReading steps() {
        RewardHead reward = config.reward();
        return reward == null ? null : reward.steps();
    }

    /** Makes this a process reward model, or one of whole completions if {@code steps} is null. */
    public void setSteps(@Nullable StepReading steps) {
        config = config.withSteps(steps);
        replicas.all().forEach(replica -> replica.config = config);
    }

    /**
     * The raw scores at some positions, {@code [positions of all rows]}, one row after the other.
     *
     * @param rows token ids
     * @param positions in each row
     */
    public Tensor scoresAt(List<int[]> rows, List<int[]> positions) {
        TokenBatch batch = TokenBatch.rightPadded(rows, 0);
        int[] flat = IntStream.range(0, rows.size())
                .flatMap(row -> Arrays.stream(positions.get(row)).map(position -> row * batch.time() + position))
                .toArray();
        Tensor hidden = decoder.forward(batch, null).reshape(-1, config.width());
        return scoresOf(hidden.indexSelect(0, Tensor.of(flat, flat.length)));
    }

    /**
     * The raw score of each row at its last real token, {@code [batch]}.
     *
     * @throws BadInputException if the model's pooling requires the starts of the completions
     */
    public Tensor scores(TokenBatch batch) {
        if (pooling() != RewardPooling.LAST) {
            throw BadInputException.at(
                    "reward_pooling",
                    pooling().configName() + ", and token ids without the starts of their completions",
                    RewardPooling.LAST.configName(),
                    "score prompts with completions instead");
        }
        return scoresOf(batch.lastOf(decoder.forward(batch, null)));
    }

    /** The raw score of each sequence, {@code [sequences]}. */
    public Tensor scores(List<RewardSequence> sequences) {
        return scoresOf(features(sequences));
    }

    /**
     * The input of the head for each sequence, {@code [sequences, width]}: pooled hidden states after the final norm.
     */
    public Tensor features(List<RewardSequence> sequences) {
        TokenBatch batch = TokenBatch.rightPadded(
                sequences.stream().map(RewardSequence::tokens).toList(), 0);
        return pooling() == RewardPooling.LAST
                ? batch.lastOf(decoder.forward(batch, null))
                : meanWeights(sequences, batch.time())
                        .matmul(decoder.forward(batch, null))
                        .squeeze(1);
    }

    /** The raw scores {@code [...]} of features {@code [..., width]}. */
    public Tensor scoresOf(Tensor features) {
        return head(features).squeeze(-1);
    }

    /** {@code [sequences, 1, time]}: 1 / n at the n tokens of each completion, 0 elsewhere. */
    private static Tensor meanWeights(List<RewardSequence> sequences, int time) {
        float[] weights = new float[sequences.size() * time];
        for (int row = 0; row < sequences.size(); row++) {
            RewardSequence sequence = sequences.get(row);
            int from = sequence.firstPooled();
            Arrays.fill(weights, row * time + from, row * time + sequence.length(), 1f / (sequence.length() - from));
        }
        return Tensor.of(weights, sequences.size(), 1, time);
    }

    /**
     * Multiplies the features by factors {@code [width]}, by folding them into the final norm's weights.
     * Scores change unless the head is divided by it.
     */
    public void scaleFeatures(Tensor factors) {
        weights.requireBase();
        decoder.scaleOutput(factors);
    }

    /** Freezes the backbone: only the head is trained, and the backbone has neither gradients nor optimizer state. */
    public void freezeBackbone() {
        trainOnly(WeightLayout.SCORE::equals);
    }

    /**
     * Freezes every weight whose name is not chosen. Call it before gradients are recorded.
     *
     * @throws BadInputException if only some of the weights that are computed as one are chosen
     */
    public void trainOnly(Predicate<String> names) {
        weights = ModelWeights.of(weights.requireBase().trainingOnly(names));
        decoder.close();
        decoder = new Decoder(config, weights);
        head = weights.group(WeightLayout.SCORE);
    }

    /** Freezes everything but the last {@code layers} layers, the final norm and the head. */
    public void freezeAllButLast(int layers) {
        DecoderSpec spec = config.spec();
        String first = spec.layerPrefix() + (config.layers() - layers) + ".";
        List<String> names = List.copyOf(weights.requireBase().byName().keySet());
        int from = IntStream.range(0, names.size())
                .filter(i -> names.get(i).startsWith(first))
                .findFirst()
                .orElseThrow();
        trainOnly(Set.copyOf(names.subList(from, names.size()))::contains);
    }

    /** Whether the backbone is frozen, so that features are constant. */
    public boolean backboneFrozen() {
        return parameters().trainedNames().equals(List.of(WeightLayout.SCORE));
    }

    /** The score read at every position, {@code [batch, time]}. */
    public Tensor values(TokenBatch batch) {
        return head(decoder.forward(batch, null)).squeeze(-1);
    }

    private Tensor head(Tensor hidden) {
        Tensor raw = new LinearWeight.OutputFirst(head, weights.base().wide()).apply(hidden, null);
        return rewardBias() == 0 ? raw : raw.plus(rewardBias());
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

    private RewardModel replica() {
        RewardModel replica = new RewardModel(config, weights.replica(), false);
        replica.useCheckpointing(checkpointing);
        return replica;
    }

    /**
     * The model for one of several threads that run backward passes at once: this one for worker 0, otherwise a replica
     * with the same weights and its own gradients, which the optimizer adds to this model's. Closed with this.
     */
    public RewardModel onWorker(int worker) {
        return replicas.get(worker, this, this::replica);
    }

    /**
     * The model with its weights stored in this type: this one if they are, otherwise a new one, and this is closed.
     *
     * @param type FLOAT32, or BFLOAT16, which takes half the memory and cannot be trained
     */
    public RewardModel storedAs(DType type) {
        ParameterSet base = weights.requireBase();
        if (base.dtype() == type) {
            return this;
        }
        RewardModel stored = new RewardModel(config, base.storedAs(type));
        close();
        return stored;
    }

    /** A copy of the model with its own weights, in float32; an adaptation is merged into them. */
    public RewardModel copy() {
        if (weights.adaptation() != null) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.on()) {
                return of(config, merged().byName());
            }
        }
        ParameterSet copy = ParameterSet.of(WeightLayout.of(config), WeightStorage.trainable());
        copy.copyFrom(weights.base());
        return new RewardModel(config, copy);
    }

    @Override
    public void close() {
        replicas.all().forEach(replica -> replica.decoder.close());
        decoder.close();
        weights.close(ownsBase);
    }
}
