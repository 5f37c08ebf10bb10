package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.StoredModel;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.WeightCheck;
import dev.attune.model.transformer.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A GGUF file seen as a Hugging Face checkpoint: its configuration, and its weights by their names there. */
final class ImportedModel implements WeightSource {
    static final String GENERATION = "generation_config.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final GgufFile file;
    private final ModelConfig config;
    private final @Nullable TokenizerImport tokenizer;
    private final Map<String, TensorName> places = new HashMap<>();

    private ImportedModel(GgufFile file, GgufFamily family) {
        this.file = file;
        this.config = config(file, family);
        this.tokenizer = TokenizerImport.isThere(file.metadata())
                ? TokenizerImport.of(file.metadata(), config.vocabularySize())
                : null;
        place(family);
    }

    /**
     * Reads configuration and tokenizer, and checks names and shapes of the tensors.
     *
     * @throws BadInputException naming what Hugging Face's layout or Attune cannot express
     */
    static ImportedModel of(GgufFile file) {
        Metadata metadata = file.metadata();
        Integer parts = metadata.natural("split.count");
        if (parts != null && parts > 1) {
            throw metadata.invalid("split.count", parts + " files", "one file (llama-gguf-split --merge joins them)");
        }
        return new ImportedModel(file, GgufFamilies.of(metadata));
    }

    private static ModelConfig config(GgufFile file, GgufFamily family) {
        ObjectNode json = family.config(file);
        long rows = file.info(GgufTensors.EMBEDDING).shape().get(0);
        json.put("vocab_size", rows);
        json.put("tie_word_embeddings", tied(file));
        RoleIds.write(file.metadata(), (int) Math.min(Integer.MAX_VALUE, rows), json);
        return ModelConfig.parse(file.path() + ", as config.json", json.toString());
    }

    private static boolean tied(GgufFile file) {
        return !file.tensors().containsKey(GgufTensors.HEAD) || file.sameData(GgufTensors.HEAD, GgufTensors.EMBEDDING);
    }

    private void place(GgufFamily family) {
        Map<String, List<GgufTensors.Placed>> expected = GgufTensors.of(family, config);
        expected.forEach((name, parts) -> {
            requireShape(name, GgufTensors.shape(parts));
            parts.forEach(part -> places.put(part.name(), part.place()));
        });
        Set<String> derived;
        try (Scope scope = Scope.open()) {
            derived = Set.copyOf(family.derived(config).keySet());
        }
        for (String name : file.tensors().keySet()) {
            boolean repeatedHead = name.equals(GgufTensors.HEAD) && config.tied();
            if (!expected.containsKey(name) && !derived.contains(name) && !repeatedHead) {
                throw BadInputException.at(
                        file.path() + ", tensor " + name,
                        "a tensor that " + family.modelType() + " with this configuration does not have",
                        "the tensors of the family",
                        "use a file of a family that Attune supports");
            }
        }
    }

    private void requireShape(String name, long[] shape) {
        if (!Arrays.equals(file.info(name).dims(), shape)) {
            throw BadInputException.at(
                    file.path() + ", tensor " + name,
                    "shape " + file.info(name).shape(),
                    "shape " + Arrays.toString(shape),
                    "convert the model to GGUF again");
        }
    }

    /** The configuration, as config.json has it. */
    ModelConfig config() {
        return config;
    }

    @Override
    public String place() {
        return file.path().toString();
    }

    @Override
    public Map<String, long[]> shapes() {
        return WeightCheck.expected(config);
    }

    @Override
    public Tensor read(String name) {
        TensorName place = Objects.requireNonNull(places.get(name), name);
        Tensor stored = place.part() < 0 ? file.read(place.gguf()) : file.read(place.gguf(), place.part());
        return place.change().fromGguf(stored);
    }

    /** The 16-bit type of all matrices, if it also holds the other weights exactly; otherwise float32. */
    DType exactType() {
        Set<BlockFormat> formats = file.tensors().values().stream()
                .map(GgufTensor::format)
                .filter(format -> format != BlockFormat.F32)
                .collect(Collectors.toSet());
        if (formats.equals(Set.of(BlockFormat.BF16)) && holdsVectors(DType.BFLOAT16)) {
            return DType.BFLOAT16;
        }
        return formats.equals(Set.of(BlockFormat.F16)) && holdsVectors(DType.FLOAT16) ? DType.FLOAT16 : DType.FLOAT32;
    }

    private boolean holdsVectors(DType type) {
        for (Map.Entry<String, TensorName> entry : places.entrySet()) {
            if (file.info(entry.getValue().gguf()).format() == BlockFormat.F32) {
                try (Scope scope = Scope.open()) {
                    Tensor values = read(entry.getKey());
                    if (!values.sameValues(values.to(type).toFloat())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Writes the model directory. */
    void write(Path directory, DType dtype) {
        StoredModel.write(directory, config, this, dtype, this::writeOthers);
    }

    private void writeOthers(Path directory) throws IOException {
        if (tokenizer != null) {
            tokenizer.write(directory, config.maxPositions());
        }
        ObjectNode generation = MAPPER.createObjectNode();
        RoleIds.write(file.metadata(), config.vocabularySize(), generation);
        generation.properties().stream()
                .filter(entry -> entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(generation::remove);
        Files.writeString(directory.resolve(GENERATION), MAPPER.writeValueAsString(generation) + "\n");
    }
}
