package dev.attune.model.gguf;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Rotary embeddings and their scaling, in both directions. */
final class RopeKeys {
    private static final String BASE = "rope.freq_base";
    private static final String DIMENSIONS = "rope.dimension_count";
    private static final String TYPE = "rope.scaling.type";
    private static final String FACTOR = "rope.scaling.factor";
    private static final String ORIGINAL = "rope.scaling.original_context_length";
    private static final String ATTENTION = "rope.scaling.attn_factor";
    private static final String LOG_MULTIPLIER = "rope.scaling.yarn_log_multiplier";

    private final DecoderKeys keys;

    RopeKeys(DecoderKeys keys) {
        this.keys = keys;
    }

    // ---- writing ----

    /** The base, the rotated dimensions, and linear or YaRN scaling; llama3 scaling is a tensor. */
    void write(ModelConfig config) {
        Rope rope = Objects.requireNonNull(config.rope());
        writeBase(rope);
        RopeScaling scaling = rope.scaling();
        if (scaling instanceof RopeScaling.Linear linear) {
            writeLinear(linear);
        } else if (scaling instanceof RopeScaling.Yarn yarn) {
            writeYarn(yarn);
        } else if (scaling instanceof RopeScaling.Llama3 llama3) {
            keys.metadata().put(keys.key(ORIGINAL), llama3.originalPositions());
        } else if (!(scaling instanceof RopeScaling.None)) {
            throw Requirements.refusal(
                    "rope_scaling",
                    "the scaling " + scaling.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
                    "none, linear, llama3 or yarn",
                    "use the Hugging Face directory");
        }
    }

    void writeBase(Rope rope) {
        keys.metadata().put(keys.key(BASE), rope.theta()).put(keys.key(DIMENSIONS), rope.rotaryDim());
    }

    void writeLinear(RopeScaling.Linear linear) {
        keys.metadata().put(keys.key(TYPE), "linear").put(keys.key(FACTOR), linear.factor());
    }

    /** Readers derive the factor on cosines and sines, and assume the usual ramp. */
    private void writeYarn(RopeScaling.Yarn yarn) {
        boolean usual = Math.abs(yarn.attentionFactor() - attention(yarn.factor())) < 1e-6
                && yarn.betaFast() == 32
                && yarn.betaSlow() == 1
                && yarn.truncate();
        if (!usual) {
            throw Requirements.refusal(
                    "rope_scaling",
                    "yarn with attention_factor " + yarn.attentionFactor() + ", beta_fast " + yarn.betaFast()
                            + ", beta_slow " + yarn.betaSlow() + ", truncate " + yarn.truncate(),
                    "attention_factor " + attention(yarn.factor()) + ", beta_fast 32, beta_slow 1, truncate true",
                    "use the Hugging Face directory");
        }
        keys.metadata()
                .put(keys.key(TYPE), "yarn")
                .put(keys.key(FACTOR), yarn.factor())
                .put(keys.key(ORIGINAL), yarn.originalPositions());
    }

    private static double attention(double factor) {
        return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
    }

    void writeLongRope(RopeScaling.LongRope scaling) {
        keys.metadata()
                .put(keys.key(ATTENTION), scaling.attentionFactor())
                .put(keys.key(ORIGINAL), scaling.originalPositions());
    }

    // ---- reading ----

    /** Adds {@code rope_theta}, {@code partial_rotary_factor} and {@code rope_parameters}. */
    void read(GgufFile file, ObjectNode json) {
        ObjectNode rope = readBase(json);
        String type = Objects.requireNonNullElse(keys.metadata().text(keys.key(TYPE)), "");
        double factor = keys.number(FACTOR, keys.number("rope.scale_linear", 1));
        boolean linear = type.equals("linear") || (type.isEmpty() && factor != 1);
        if (linear) {
            rope.put("rope_type", "linear").put("factor", factor);
        } else if (type.equals("yarn")) {
            refuseUnusualYarn();
            rope.put("rope_type", "yarn").put("factor", factor);
            rope.put("original_max_position_embeddings", keys.count(ORIGINAL, keys.count(DecoderKeys.CONTEXT)));
        } else if (!type.isEmpty() && !type.equals("none")) {
            throw keys.metadata().invalid(keys.key(TYPE), "'" + type + "'", "none, linear or yarn");
        }
        if (file.tensors().containsKey(FrequencyFactors.NAME)) {
            if (rope.has("factor")) {
                throw keys.metadata()
                        .invalid(keys.key(TYPE), type + " with the tensor " + FrequencyFactors.NAME, "one");
            }
            FrequencyFactors.read(file, rope, keys.metadata().count(keys.key(ORIGINAL)));
        }
    }

    private void refuseUnusualYarn() {
        double attention = keys.number(ATTENTION, 1);
        if (attention != 1 || keys.metadata().has(keys.key(LOG_MULTIPLIER))) {
            throw keys.metadata()
                    .invalid(keys.key(ATTENTION), "" + attention, "1: readers disagree about other values");
        }
    }

    ObjectNode readBase(ObjectNode json) {
        double theta = keys.number(BASE, 10_000);
        int head = keys.headDim();
        int rotated = keys.count(DIMENSIONS, head);
        ObjectNode rope = json.putObject("rope_parameters");
        rope.put("rope_type", "default").put("rope_theta", theta);
        if (rotated != head) {
            rope.put("partial_rotary_factor", (double) rotated / head);
        }
        return rope;
    }

    /** Adds longrope, whose factors are tensors of the file. */
    void readLongRope(ObjectNode rope, List<Double> shortFactors, List<Double> longFactors) {
        int original = keys.metadata().requiredCount(keys.key(ORIGINAL));
        double factor = (double) keys.count(DecoderKeys.CONTEXT) / original;
        double usual = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        rope.put("rope_type", "longrope");
        rope.put("attention_factor", keys.number(ATTENTION, usual));
        rope.put("original_max_position_embeddings", original);
        shortFactors.forEach(rope.putArray("short_factor")::add);
        longFactors.forEach(rope.putArray("long_factor")::add);
    }
}
