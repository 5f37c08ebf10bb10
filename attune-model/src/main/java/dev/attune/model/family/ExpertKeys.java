package dev.attune.model.family;

import dev.attune.model.config.ConfigFields;
import tools.jackson.databind.node.ObjectNode;

/** The keys of config.json about experts that families share. The router's noise has no effect, like dropout. */
final class ExpertKeys {
    private static final String COUNT = "num_local_experts";
    private static final String OTHER_COUNT = "num_experts";
    private static final String PER_TOKEN = "num_experts_per_tok";

    static final String[] ALL = {
        COUNT, OTHER_COUNT, PER_TOKEN, "output_router_logits", "router_aux_loss_coef", "router_jitter_noise"
    };

    private ExpertKeys() {}

    /** The factor of the balance loss, 0 if it is off. */
    static double balance(ConfigFields fields) {
        double factor = fields.number("router_aux_loss_coef", 0.001);
        return fields.bool("output_router_logits", false) ? factor : 0;
    }

    /** The number of experts, which versions of transformers write under either key. */
    static int count(ConfigFields fields, int otherwise) {
        int count = fields.positive(COUNT, fields.positive(OTHER_COUNT, otherwise));
        if (fields.positive(OTHER_COUNT, count) != count) {
            throw fields.invalid(OTHER_COUNT, "" + fields.json().get(OTHER_COUNT), count + ", as in " + COUNT);
        }
        return count;
    }

    /** Writes the number under the key that transformers 4 reads for Qwen3-MoE; it ignores the other one. */
    static void addOlderCount(ObjectNode config) {
        if (config.hasNonNull(COUNT)) {
            config.set(OTHER_COUNT, config.get(COUNT));
        }
    }

    /** The number of experts that compute a token. */
    static int perToken(ConfigFields fields, int otherwise, int count) {
        int chosen = fields.positive(PER_TOKEN, Math.min(otherwise, count));
        if (chosen > count) {
            throw fields.invalid(PER_TOKEN, "" + chosen, "at most the " + count + " experts");
        }
        return chosen;
    }
}
