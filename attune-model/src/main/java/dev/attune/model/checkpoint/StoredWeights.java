package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.model.safetensors.CheckpointWeights;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.WeightSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a model directory, read one at a time. A weight with a NaN or an infinite value is refused. */
final class StoredWeights implements WeightSource, AutoCloseable {
    private final Path directory;
    private final CheckpointWeights file;

    private StoredWeights(Path directory, CheckpointWeights file) {
        this.directory = directory;
        this.file = file;
    }

    static StoredWeights open(Path directory) {
        return new StoredWeights(directory, CheckpointWeights.open(directory));
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        file.names().forEach(name -> shapes.put(name, file.info(name).dims()));
        return shapes;
    }

    @Override
    public Tensor read(String name) {
        Tensor weight = file.read(name);
        if (!weight.isFinite()) {
            throw BadInputException.at(
                    directory + ", weight " + name,
                    NonFinite.of(name, weight).describe(),
                    "finite numbers only",
                    "fetch the model again, or go back to a checkpoint from before the training diverged");
        }
        return weight;
    }

    /** The weight as stored; NaN is not checked. */
    Tensor readUnchecked(String name) {
        return file.read(name);
    }

    @Override
    public void close() {
        file.close();
    }
}
