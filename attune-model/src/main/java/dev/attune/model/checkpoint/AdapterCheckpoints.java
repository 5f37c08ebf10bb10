package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.PeftFiles;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.config.StepReading;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.Adaptation;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Directories of adapters in PEFT's format, with the tokenizer and, for a reward model, {@code reward_head.json}: what
 * PEFT's files have no place for.
 */
public final class AdapterCheckpoints {
    private static final String HEAD = "reward_head.json";

    private AdapterCheckpoints() {}

    /**
     * The parts of a reward model that its weights do not hold.
     *
     * @param bias added to every score
     * @param steps null for a reward model of whole completions
     */
    record Head(
            double bias, RewardPooling pooling, @Nullable StepReading steps) {}

    /**
     * Writes the adapter of a language model. For its merged weights see {@link Checkpoints#saveCausal}.
     *
     * @param base name or path of the base for other readers; null if they name it
     * @param tokenizer its files are written too; null if there is none
     * @param dtype FLOAT32, BFLOAT16 or FLOAT16
     * @throws IllegalArgumentException if the model has no adapter
     */
    public static void save(
            Path directory, CausalLm model, @Nullable String base, @Nullable Tokenizer tokenizer, DType dtype) {
        save(directory, model.adaptation(), base, tokenizer, dtype);
    }

    /** Writes the adapter of a reward model, with its score head. */
    public static void save(
            Path directory, RewardModel model, @Nullable String base, @Nullable Tokenizer tokenizer, DType dtype) {
        save(directory, model.adaptation(), base, tokenizer, dtype);
        try {
            AtomicFiles.write(
                    directory.resolve(HEAD), Json.pretty(new Head(model.rewardBias(), model.pooling(), model.steps())));
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static void save(
            Path directory,
            @Nullable Adaptation adaptation,
            @Nullable String base,
            @Nullable Tokenizer tokenizer,
            DType dtype) {
        if (!(adaptation instanceof Adapter adapter)) {
            throw new IllegalArgumentException("a model without an adapter");
        }
        try {
            Files.createDirectories(directory);
            if (tokenizer != null) {
                tokenizer.save(directory);
            }
        } catch (IOException e) {
            throw failed(directory, e);
        }
        PeftFiles.save(directory, adapter, base, dtype);
    }

    private static RunFailedException failed(Path directory, IOException e) {
        return new RunFailedException(directory + ": the adapter cannot be saved: " + e.getMessage(), e);
    }

    /**
     * A language model with a stored adapter.
     *
     * @param base that the adapter was trained on; stays the caller's
     * @param seed of dropout, if it is trained further
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static CausalLm loadCausal(Path directory, CausalLm base, long seed) {
        return CausalLm.adapted(base.asBase(), PeftFiles.load(directory, base.asBase(), seed));
    }

    /**
     * A reward model with a stored adapter and score head on a language model.
     *
     * @param base that the adapter was trained on; stays the caller's
     * @param seed of dropout, if it is trained further
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static RewardModel loadReward(Path directory, CausalLm base, long seed) {
        Path file = directory.resolve(HEAD);
        Head head = Files.exists(file) ? Json.read(file, Head.class) : new Head(0, RewardPooling.LAST, null);
        var shape = new RewardModel.Shape(base.config().layers(), head.pooling());
        var reward = base.asBase().asReward(shape);
        RewardModel model = RewardModel.adapted(reward, PeftFiles.load(directory, reward, seed));
        model.setRewardBias(head.bias());
        model.setSteps(head.steps());
        return model;
    }

    /**
     * The directory of the base that an adapter names; empty for a directory that holds a whole model.
     *
     * @throws BadInputException if the adapter's base is not a directory of this machine
     */
    public static Optional<Path> baseOf(Path directory) {
        return AdapterDirectory.of(directory).map(AdapterDirectory::base);
    }

    /** A reward model with a stored adapter and score head on another reward model, whose pooling and bias it keeps. */
    public static RewardModel loadReward(Path directory, RewardModel base, long seed) {
        return RewardModel.adapted(base.asBase(), PeftFiles.load(directory, base.asBase(), seed));
    }
}
