package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.json.Json;
import dev.attune.core.reward.steps.StepText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GSM8K's model solutions: a question with solutions by several models, each with {@code is_correct}. The lines of a
 * solution are its steps. Only the outcome is known: all steps of a correct solution are correct; of a wrong one the
 * last step, its answer, is wrong, and the others are masked, because nobody looked for the first error.
 */
public final class Gsm8kSolutions implements ThirdPartyShape {
    private static final String QUESTION = "question";
    private static final String CORRECT = "is_correct";
    private static final String SOLUTION = "solution";
    private static final String LINE = "\n";

    @Override
    public boolean matches(RowKeys row) {
        return row.has(QUESTION) && !solutions(row).isEmpty();
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        JsonNode question = Values.require(row, QUESTION);
        List<ObjectNode> rows = new ArrayList<>();
        for (String name : solutions(row)) {
            rows.add(steps(question, Values.require(row, name), name));
        }
        return rows;
    }

    private static ObjectNode steps(JsonNode question, JsonNode solution, String name) {
        JsonNode correct = solution.path(CORRECT);
        if (!correct.isBoolean()) {
            throw Values.invalid(name + "." + CORRECT, correct, "true or false");
        }
        JsonNode text = solution.path(SOLUTION);
        if (!text.isString()) {
            throw Values.invalid(name + "." + SOLUTION, text, "a text");
        }
        List<String> steps = StepText.split(text.stringValue(), LINE);
        ObjectNode object = Json.strict().createObjectNode();
        object.set("prompt", question);
        ArrayNode lines = object.putArray("steps");
        ArrayNode labels = object.putArray("labels");
        for (int i = 0; i < steps.size(); i++) {
            lines.add(steps.get(i));
            boolean last = i == steps.size() - 1;
            labels.add(correct.booleanValue() ? Boolean.TRUE : last ? Boolean.FALSE : null);
        }
        return object;
    }

    /** The keys whose values are solutions. */
    private static List<String> solutions(RowKeys row) {
        return row.object().properties().stream()
                .filter(field ->
                        field.getValue().has(CORRECT) && field.getValue().has(SOLUTION))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
