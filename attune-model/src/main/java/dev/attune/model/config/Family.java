package dev.attune.model.config;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A family of decoders, as transformers names them by {@code model_type}: the keys of its config.json, their defaults,
 * and the description of its blocks. A family is one class without state and one line in {@code
 * META-INF/services/dev.attune.model.config.Family}; nothing else in Attune knows it by name.
 */
public interface Family {
    /** The family's names in Hugging Face. */
    FamilyNames names();

    /** The keys of config.json that the family reads, beyond those that all families have. */
    FamilyKeys keys();

    /** The meaning of absent keys. */
    FamilyDefaults defaults();

    /**
     * The architecture of a model of this family.
     *
     * @param usual that of a Llama with the sizes in the file: no biases, full attention, rotary embeddings in every layer
     * @param fields of the config.json
     * @throws dev.attune.core.error.BadInputException naming the key whose value the family does not support
     */
    Architecture describe(Architecture usual, ConfigFields fields);

    /**
     * Adds keys under which older versions of transformers expect values that newer ones call otherwise. Both must
     * agree, because version 5 reads some of the older keys first.
     */
    default void addOlderKeys(ObjectNode config) {
        RopeRules rope = keys().rope();
        if (rope != null) {
            OlderKeys.add(rope, config);
        }
    }

    /** Changes a config.json so that the model ends after its first {@code count} layers. */
    default void cutLayers(ObjectNode config, int count) {
        config.put(keys().layers(), count);
        for (String key : keys().perLayer()) {
            if (config.get(key) instanceof ArrayNode list) {
                while (list.size() > count) {
                    list.remove(list.size() - 1);
                }
            }
        }
    }

    /** The value of {@code model_type} in config.json. */
    default String modelType() {
        return names().modelType();
    }

    /** The entry of {@code architectures} for a language model. */
    default String causalArchitecture() {
        return names().causal();
    }

    /** The entry of {@code architectures} for a reward model. */
    default String rewardArchitecture() {
        return names().reward();
    }

    /** The prefix of the names of the backbone's weights, with the dot. */
    default String backbonePrefix() {
        return names().backbonePrefix();
    }
}
