package dev.attune.model.gguf;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.Tensor;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the models of one family are written in GGUF: the keys of their configuration and the names of their tensors. A
 * family is one file and one line in {@link GgufFamilies}.
 */
interface GgufFamily {
    /** The value of {@code model_type} in config.json. */
    String modelType();

    /** The value of {@code general.architecture}, the prefix of the keys. */
    String architecture();

    /** Whether a file of this architecture holds a model of this family. */
    default boolean reads(Metadata metadata) {
        return architecture().equals(metadata.text("general.architecture"));
    }

    /**
     * The place of a weight.
     *
     * @param name in Hugging Face, as in {@link dev.attune.model.transformer.WeightCheck#expected}
     */
    TensorName tensor(ModelConfig config, String name);

    /**
     * Writes the keys of a configuration.
     *
     * @param type the format of the matrices
     * @throws dev.attune.core.error.BadInputException naming the key of config.json that GGUF cannot express
     */
    void describe(ModelConfig config, BlockFormat type, Metadata metadata);

    /** Tensors of GGUF that follow from the configuration, by their names; float32. */
    default Map<String, Tensor> derived(ModelConfig config) {
        return Map.of();
    }

    /**
     * The config.json of a file, without vocabulary, tied head and token ids, which do not depend on the family.
     *
     * @param file the open file; tensors that {@link #derived} made are read from it
     */
    ObjectNode config(GgufFile file);

    /** Whether a file must hold the output projection even if it is the embedding, because readers require it. */
    default boolean repeatsTiedHead() {
        return false;
    }
}
