package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Parses rows with the steps of a solution and their labels: {@code prompt}, {@code steps} (in TRL
 * {@code completions}) and {@code labels}, which are true, false, or null for a masked step. Numbers are refused, because
 * -100, the usual mask, is true in many languages.
 */
final class StepsParser {
    private static final List<String> STEPS = List.of("steps", "completions");
    private static final String LABELS = "labels";

    private StepsParser() {}

    /** Whether a row has lists of steps and of labels. */
    static boolean matches(RowKeys row) {
        String steps = row.first(STEPS);
        return steps != null
                && row.object().get(steps).isArray()
                && row.object().path(LABELS).isArray();
    }

    static Parsed parse(long line, RowKeys row) {
        Prompt prompt = PromptColumns.read(row);
        String key = row.use(Fields.require(row.object(), STEPS));
        List<String> steps = steps(list(row, key), key);
        List<StepLabel> labels = labels(list(row, row.use(LABELS)));
        if (labels.size() != steps.size()) {
            throw new RowProblem(
                    Fault.Kind.BAD_STEPS,
                    LABELS,
                    labels.size() + " labels for " + steps.size() + " steps",
                    "one label per step");
        }
        return Parsed.fine(new Row.StepsRow(line, prompt, steps, labels));
    }

    private static JsonNode list(RowKeys row, String key) {
        JsonNode value = Fields.value(row.object(), key);
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a list");
        }
        return value;
    }

    private static List<String> steps(JsonNode list, String key) {
        if (list.isEmpty()) {
            throw new RowProblem(Fault.Kind.BAD_STEPS, key, "no steps", "at least one");
        }
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String place = key + "[" + i + "]";
            String step = Turns.text(list.get(i), place);
            if (step.isBlank()) {
                throw new RowProblem(Fault.Kind.BAD_STEPS, place, "an empty step", "a text");
            }
            steps.add(step);
        }
        return steps;
    }

    private static List<StepLabel> labels(JsonNode list) {
        List<StepLabel> labels = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode label = list.get(i);
            if (!label.isBoolean() && !label.isNull()) {
                throw new RowProblem(
                        Fault.Kind.BAD_STEPS,
                        LABELS + "[" + i + "]",
                        Fields.describe(label),
                        "true, false, or null for a masked step");
            }
            labels.add(StepLabel.of(label.isNull() ? null : label.booleanValue()));
        }
        return labels;
    }
}
