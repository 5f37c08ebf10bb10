package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import java.util.List;
import java.util.stream.Collectors;

/** The families that can be written in GGUF. */
final class GgufFamilies {
    private static final List<GgufFamily> ALL = List.of(
            new LlamaGguf(),
            new MistralGguf(),
            new Qwen2Gguf(),
            new Qwen3Gguf(),
            new Gemma2Gguf(),
            new Phi3Gguf(),
            new Gpt2Gguf(),
            new GptNeoxGguf(),
            new Gemma3Gguf(),
            new GraniteGguf(),
            new Olmo2Gguf(),
            new MixtralGguf(),
            new Qwen3MoeGguf(),
            new SmolLm3Gguf(),
            new PhiGguf());

    private GgufFamilies() {}

    /**
     * The family of a configuration.
     *
     * @param place names the model in error messages
     * @throws BadInputException naming the family, if it has no mapping, and reward models
     */
    static GgufFamily of(String place, ModelConfig config) {
        String type = config.family().modelType();
        if (config.isReward()) {
            throw BadInputException.at(
                    place,
                    "a reward model",
                    "a language model, because GGUF has no key for a reward head",
                    "serve reward models from their Hugging Face directory");
        }
        return ALL.stream()
                .filter(family -> family.modelType().equals(type))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        place + ", model_type",
                        "the family " + type + ", which Attune cannot write as GGUF",
                        "one of " + names(),
                        "use the Hugging Face directory"));
    }

    /**
     * The family of a file.
     *
     * @throws BadInputException naming the architecture, if Attune cannot read it
     */
    static GgufFamily of(Metadata metadata) {
        String architecture = metadata.requiredText("general.architecture");
        return ALL.stream()
                .filter(family -> family.reads(metadata))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        metadata.place() + ", key general.architecture",
                        "'" + architecture + "'",
                        "one of "
                                + ALL.stream()
                                        .map(GgufFamily::architecture)
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                        "use a model of a family that Attune supports"));
    }

    private static String names() {
        return ALL.stream().map(GgufFamily::modelType).collect(Collectors.joining(", "));
    }
}
