package dev.attune.model.config;

/**
 * The names of a family in Hugging Face.
 *
 * @param modelType value of {@code model_type} in config.json
 * @param causal entry of {@code architectures} for a language model
 * @param reward entry of {@code architectures} for a reward model
 * @param backbonePrefix prefix of the names of the backbone's weights, with the dot
 */
public record FamilyNames(String modelType, String causal, String reward, String backbonePrefix) {
    /** Architectures {@code <stem>ForCausalLM} and {@code <stem>ForSequenceClassification}, weights under {@code model.}. */
    public static FamilyNames usual(String modelType, String stem) {
        return new FamilyNames(modelType, stem + "ForCausalLM", stem + "ForSequenceClassification", "model.");
    }

    public FamilyNames withCausal(String architecture) {
        return new FamilyNames(modelType, architecture, reward, backbonePrefix);
    }

    public FamilyNames withReward(String architecture) {
        return new FamilyNames(modelType, causal, architecture, backbonePrefix);
    }

    public FamilyNames withBackbonePrefix(String prefix) {
        return new FamilyNames(modelType, causal, reward, prefix);
    }
}
