package dev.attune.model.transformer;

import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a model that an {@link Adaptation} can change.
 *
 * @param name in the checkpoint, without {@code .weight}
 * @param kind of the part
 * @param in number of inputs; of an embedding the vocabulary
 * @param out number of outputs
 * @param inputFirst whether its weight is {@code [in, out]} in the checkpoint, as GPT-2's Conv1D has it
 */
public record LinearModule(String name, Kind kind, long in, long out, boolean inputFirst) {
    private static final String WEIGHT = ".weight";

    /** The kinds of parts. */
    public enum Kind {
        /** A linear map inside a layer. */
        LINEAR,
        /** The table of token embeddings. */
        EMBEDDING,
        /** The projection to the vocabulary, or to the score of a reward model. */
        HEAD
    }

    /** The parts of a model, in the order of its weights; the head is last. */
    public static List<LinearModule> of(ModelConfig config) {
        DecoderSpec spec = config.spec();
        List<LinearModule> modules = new ArrayList<>();
        modules.add(new LinearModule(spec.embedding(), Kind.EMBEDDING, config.vocabularySize(), config.width(), true));
        for (WeightLayout.Group group : WeightLayout.of(config)) {
            if (group.order() != WeightLayout.Order.ROWS) {
                group.members().forEach((name, shape) -> modules.add(linear(name, shape, group.order())));
            }
        }
        modules.add(
                config.isReward()
                        ? new LinearModule(module(WeightLayout.SCORE), Kind.HEAD, config.width(), 1, false)
                        : new LinearModule(spec.head(), Kind.HEAD, config.width(), config.vocabularySize(), false));
        return modules;
    }

    private static LinearModule linear(String name, long[] shape, WeightLayout.Order order) {
        boolean inputFirst = order == WeightLayout.Order.COLUMNS;
        return new LinearModule(
                module(name), Kind.LINEAR, shape[inputFirst ? 0 : 1], shape[inputFirst ? 1 : 0], inputFirst);
    }

    private static String module(String weight) {
        return weight.substring(0, weight.length() - WEIGHT.length());
    }
}
