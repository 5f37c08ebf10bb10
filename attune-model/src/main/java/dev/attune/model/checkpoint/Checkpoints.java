package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.MergedWeights;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.WeightSource;
import dev.attune.model.transformer.WeightStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes Hugging Face model directories. */
public final class Checkpoints {
    /** Weights beyond this many bytes are split into several files, as transformers does. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    static final String CONFIG = "config.json";
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private Checkpoints() {}

    /**
     * The configuration of a model directory; of the base, if the directory holds an adapter alone.
     *
     * @throws BadInputException if there is none, or if Attune does not support the model
     */
    public static ModelConfig config(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw BadInputException.at(
                    directory.toString(), "no such directory", "a model directory", "check the path");
        }
        Optional<AdapterDirectory> adapter = AdapterDirectory.of(directory);
        if (adapter.isPresent()) {
            ModelConfig base = config(adapter.get().base());
            Integer pad = base.tokens().pad();
            return adapter.get().reward() && !base.isReward() ? base.asReward(pad == null ? 0 : pad, 0) : base;
        }
        AdapterFiles.refuse(directory);
        if (!Files.isRegularFile(directory.resolve(CONFIG))) {
            throw BadInputException.at(
                    directory.toString(), "no " + CONFIG, "a model directory", "name the directory that holds it");
        }
        return ModelConfig.read(directory.resolve(CONFIG));
    }

    /**
     * The tokenizer of a model directory.
     *
     * @throws BadInputException if there is none, it cannot be read, or it has ids beyond the model's embedding
     */
    public static Tokenizer tokenizer(Path directory) {
        ModelConfig config = config(directory);
        Tokenizer tokenizer = HuggingFaceTokenizer.load(
                AdapterDirectory.of(directory).map(AdapterDirectory::tokenizer).orElse(directory));
        try {
            TokenIdCheck.require(directory, config, tokenizer);
            return tokenizer;
        } catch (BadInputException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Whether the directory holds a reward model ({@code ForSequenceClassification}). */
    public static boolean isReward(Path directory) {
        return config(directory).isReward();
    }

    /**
     * Loads a language model.
     *
     * @param storage FLOAT32, or BFLOAT16 for a model that is not trained
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static CausalLm loadCausal(Path directory, DType storage) {
        return loadCausal(directory, WeightStorage.of(storage));
    }

    /**
     * Loads a language model, in float32.
     *
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static CausalLm loadCausal(Path directory) {
        return loadCausal(directory, WeightStorage.trainable());
    }

    /**
     * Loads a language model, one weight at a time. An adapter alone is merged into the base that it names.
     *
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static CausalLm loadCausal(Path directory, WeightStorage storage) {
        ModelConfig config = config(directory);
        if (config.isReward()) {
            throw BadInputException.at(
                    directory.resolve(CONFIG) + ", key architectures",
                    config.family().rewardArchitecture(),
                    config.family().causalArchitecture(),
                    "name a language model, not a reward model");
        }
        Optional<AdapterDirectory> adapter = AdapterDirectory.of(directory);
        if (adapter.isPresent()) {
            return merged(adapter.get(), storage);
        }
        try (StoredWeights weights = StoredWeights.open(directory)) {
            warnOfBalanceLoss(directory, config);
            CausalLm model = CausalLm.of(config, weights, storage);
            if (config.tied() && !model.config().tied()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}: config.json ties the output projection to the embedding, but the file has another one"
                                + " with other values; both are used as they are (set tie_word_embeddings to false to"
                                + " say so)",
                        directory);
            }
            return model;
        }
    }

    private static void warnOfBalanceLoss(Path directory, ModelConfig config) {
        Experts experts = config.mlp().experts();
        if (experts != null && experts.balance() != 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: config.json asks for the router''s balance loss (output_router_logits, factor {1}); training"
                            + " in Attune does not add it, and logits do not depend on it",
                    directory,
                    experts.balance());
        }
    }

    /**
     * Loads a reward model.
     *
     * @param storage FLOAT32, or BFLOAT16 for a model that is not trained
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static RewardModel loadReward(Path directory, DType storage) {
        return loadReward(directory, WeightStorage.of(storage));
    }

    /**
     * Loads a reward model, in float32.
     *
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static RewardModel loadReward(Path directory) {
        return loadReward(directory, WeightStorage.trainable());
    }

    /**
     * Loads a reward model, one weight at a time. An adapter alone is merged into the language model that it names.
     *
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static RewardModel loadReward(Path directory, WeightStorage storage) {
        ModelConfig config = config(directory);
        if (!config.isReward()) {
            throw BadInputException.at(
                    directory.resolve(CONFIG) + ", key architectures",
                    config.family().causalArchitecture(),
                    config.family().rewardArchitecture(),
                    "name a reward model, not a language model");
        }
        Optional<AdapterDirectory> adapter = AdapterDirectory.of(directory);
        if (adapter.isPresent()) {
            return mergedReward(adapter.get(), storage);
        }
        try (StoredWeights weights = StoredWeights.open(directory)) {
            return RewardModel.of(config, weights, storage);
        }
    }

    /** The base with the adapter merged into it. */
    private static CausalLm merged(AdapterDirectory adapter, WeightStorage storage) {
        try (CausalLm base = loadCausal(adapter.base());
                CausalLm model = AdapterCheckpoints.loadCausal(adapter.directory(), base, 0);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            MergedWeights merged = model.merged();
            return CausalLm.of(merged.config(), WeightSource.of(merged.byName()), storage);
        }
    }

    private static RewardModel mergedReward(AdapterDirectory adapter, WeightStorage storage) {
        if (isReward(adapter.base())) {
            try (RewardModel base = loadReward(adapter.base());
                    RewardModel model = AdapterCheckpoints.loadReward(adapter.directory(), base, 0)) {
                return merged(model, storage);
            }
        }
        try (CausalLm base = loadCausal(adapter.base());
                RewardModel model = AdapterCheckpoints.loadReward(adapter.directory(), base, 0)) {
            return merged(model, storage);
        }
    }

    private static RewardModel merged(RewardModel model, WeightStorage storage) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            MergedWeights merged = model.merged();
            return RewardModel.of(merged.config(), WeightSource.of(merged.byName()), storage);
        }
    }

    /**
     * Writes a language model; an adapter is merged into its weights, in float32, and no adapter file is written. The directory appears whole or not at all; one that holds a model is replaced.
     *
     * @param tokenizer its files are written too; null if the model has none
     * @param dtype what the weights are stored in: FLOAT32, BFLOAT16 or FLOAT16
     */
    public static void saveCausal(Path directory, CausalLm model, @Nullable Tokenizer tokenizer, DType dtype) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            save(directory, model.merged(), tokenizer, dtype, SHARD_BYTES);
        }
    }

    /** Writes a reward model, like {@link #saveCausal}. */
    public static void saveReward(Path directory, RewardModel model, @Nullable Tokenizer tokenizer, DType dtype) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            save(directory, model.merged(), tokenizer, dtype, SHARD_BYTES);
        }
    }

    /**
     * Adds token ids to those at which generation ends, in generation_config.json of a saved language model. Does nothing for a
     * reward model, which has no such file.
     */
    public static void addEndTokens(Path directory, Collection<Integer> ids) {
        try {
            GenerationConfig.addEndTokens(directory, ids);
        } catch (IOException e) {
            throw new RunFailedException(
                    "cannot change generation_config.json in " + directory + ": " + e.getMessage(), e);
        }
    }

    static void save(
            Path directory, MergedWeights weights, @Nullable Tokenizer tokenizer, DType dtype, long shardBytes) {
        DirectorySwap.write(directory, temporary -> {
            SafetensorsWriter.writeModel(temporary, weights.byName(), dtype, shardBytes);
            if (tokenizer != null) {
                tokenizer.save(temporary);
            }
            GenerationConfig.write(temporary, weights.config(), tokenizer);
            Files.writeString(temporary.resolve(CONFIG), weights.config().toJson(name(dtype)));
        });
    }

    static String name(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> "float32";
            case BFLOAT16 -> "bfloat16";
            case FLOAT16 -> "float16";
            default -> throw new IllegalArgumentException("weights are not stored as " + dtype);
        };
    }
}
