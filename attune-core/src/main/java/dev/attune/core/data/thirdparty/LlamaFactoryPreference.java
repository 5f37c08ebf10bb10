package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * LLaMA-Factory's preferences: {@code conversations} with {@code chosen} and {@code rejected} as one message each, or
 * Alpaca's {@code instruction} with an {@code output} that is a list of the better and the worse answer.
 */
public final class LlamaFactoryPreference implements ThirdPartyShape {
    private static final Set<String> SIDES = Set.of("chosen", "rejected");

    @Override
    public boolean matches(RowKeys row) {
        boolean sides = SIDES.stream().allMatch(side -> single(row.object().get(side)));
        return (LlamaFactory.hasTurns(row) && sides && !row.has("prompt")) || outputs(row);
    }

    /** Whether a side is one answer; rows with a conversation and complete dialogues have another shape. */
    private static boolean single(@Nullable JsonNode side) {
        return side != null && !side.isNull() && (!side.isArray() || side.size() == 1);
    }

    private static boolean outputs(RowKeys row) {
        JsonNode output = row.object().get("output");
        return row.has("instruction")
                && output != null
                && output.isArray()
                && output.size() == 2
                && output.get(0).isString();
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        ObjectNode pair = LlamaFactory.prompt(row);
        LlamaFactory.requireQuestion(pair);
        if (row.has("chosen")) {
            SIDES.forEach(side -> pair.set(side, Values.require(row, side)));
            return List.of(pair);
        }
        JsonNode output = Values.require(row, "output");
        if (!output.isArray() || output.size() != 2) {
            throw Values.invalid("output", output, "a list of the better and the worse answer");
        }
        pair.set("chosen", output.get(0));
        pair.set("rejected", output.get(1));
        return List.of(pair);
    }
}
