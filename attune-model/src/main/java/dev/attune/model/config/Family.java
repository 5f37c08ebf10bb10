package dev.attune.model.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The decoder families that Attune supports, with their names in Hugging Face. */
public enum Family {
    GPT2("gpt2", "GPT2LMHeadModel", "GPT2ForSequenceClassification", "transformer."),
    GPT_NEOX("gpt_neox", "GPTNeoXForCausalLM", "GPTNeoXForSequenceClassification", "gpt_neox."),
    LLAMA("llama", "LlamaForCausalLM", "LlamaForSequenceClassification", "model."),
    MISTRAL("mistral", "MistralForCausalLM", "MistralForSequenceClassification", "model."),
    QWEN2("qwen2", "Qwen2ForCausalLM", "Qwen2ForSequenceClassification", "model."),
    QWEN3("qwen3", "Qwen3ForCausalLM", "Qwen3ForSequenceClassification", "model."),
    GEMMA2("gemma2", "Gemma2ForCausalLM", "Gemma2ForSequenceClassification", "model."),
    PHI3("phi3", "Phi3ForCausalLM", "Phi3ForSequenceClassification", "model.");

    private final String modelType;
    private final String causalArchitecture;
    private final String rewardArchitecture;
    private final String backbonePrefix;

    Family(String modelType, String causalArchitecture, String rewardArchitecture, String backbonePrefix) {
        this.modelType = modelType;
        this.causalArchitecture = causalArchitecture;
        this.rewardArchitecture = rewardArchitecture;
        this.backbonePrefix = backbonePrefix;
    }

    /** The value of {@code model_type} in config.json. */
    public String modelType() {
        return modelType;
    }

    /** The entry of {@code architectures} for a language model. */
    public String causalArchitecture() {
        return causalArchitecture;
    }

    /** The entry of {@code architectures} for a reward model. */
    public String rewardArchitecture() {
        return rewardArchitecture;
    }

    /** The prefix of the names of the backbone's weights, with the dot. */
    public String backbonePrefix() {
        return backbonePrefix;
    }

    static String namesForPeople() {
        return Arrays.stream(values()).map(Family::modelType).collect(Collectors.joining(", "));
    }
}
