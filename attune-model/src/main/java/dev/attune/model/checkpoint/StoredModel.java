package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.TiedHead;
import dev.attune.model.transformer.WeightCheck;
import dev.attune.model.transformer.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A model directory whose weights are read or written one at a time, so that a model of any size can be converted. The
 * weights have the names and shapes of {@link WeightCheck#expected}, whatever the names in the file.
 */
public final class StoredModel implements WeightSource, AutoCloseable {
    private final Path directory;
    private final ModelConfig config;
    private final StoredWeights weights;
    private final Map<String, String> names;

    private StoredModel(Path directory, ModelConfig config, StoredWeights weights) {
        this.directory = directory;
        this.config = config;
        this.weights = weights;
        this.names = WeightCheck.match(directory.toString(), config, weights.shapes());
    }

    /**
     * Opens a model directory.
     *
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static StoredModel open(Path directory) {
        ModelConfig config = Checkpoints.config(directory);
        StoredWeights weights = StoredWeights.open(directory);
        boolean whole = false;
        try {
            StoredModel model = new StoredModel(directory, TiedHead.settle(config, weights), weights);
            whole = true;
            return model;
        } finally {
            if (!whole) {
                weights.close();
            }
        }
    }

    /** The configuration, untied if the file has an output projection other than the embedding. */
    public ModelConfig config() {
        return config;
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public Map<String, long[]> shapes() {
        return WeightCheck.expected(config);
    }

    @Override
    public Tensor read(String name) {
        return weights.read(Objects.requireNonNull(names.get(name), name));
    }

    @Override
    public void close() {
        weights.close();
    }

    /** Writes the files of a model directory besides config.json and the weights. */
    @FunctionalInterface
    public interface OtherFiles {
        void writeTo(Path directory) throws IOException;
    }

    /**
     * Writes a model directory. It appears whole or not at all; one that holds a model is replaced.
     *
     * @param dtype what the weights are stored in: FLOAT32, BFLOAT16 or FLOAT16
     * @throws BadInputException naming the weight, if its values are beyond the range of the type
     */
    public static void write(Path directory, ModelConfig config, WeightSource weights, DType dtype, OtherFiles others) {
        Map<String, SafetensorsWriter.Pending> pending = new LinkedHashMap<>();
        weights.shapes()
                .forEach((name, shape) -> pending.put(
                        name, new SafetensorsWriter.Pending(shape, dtype, () -> inRange(weights, name, dtype))));
        DirectorySwap.write(directory, temporary -> {
            SafetensorsWriter.writeModel(temporary, pending, Checkpoints.SHARD_BYTES);
            others.writeTo(temporary);
            Files.writeString(temporary.resolve(Checkpoints.CONFIG), config.toJson(Checkpoints.name(dtype)));
        });
    }

    private static Tensor inRange(WeightSource weights, String name, DType dtype) {
        Tensor stored = weights.read(name).to(dtype);
        if (!stored.isFinite()) {
            throw BadInputException.at(
                    weights.place() + ", weight " + name,
                    "values that are not finite in " + Checkpoints.name(dtype),
                    "values that it can hold",
                    "choose --type f32, or a checkpoint with finite weights");
        }
        return stored;
    }
}
