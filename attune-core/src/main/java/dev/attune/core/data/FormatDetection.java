package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.data.thirdparty.RefusedShape;
import dev.attune.core.error.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Detects the format of a file from the keys of its first rows. */
final class FormatDetection {
    private final Map<DataFormat, Integer> formats = new LinkedHashMap<>();
    private final Map<RefusedShape, Integer> refusals = new LinkedHashMap<>();
    private final Set<String> keys = new TreeSet<>();
    private int rows;

    /** Counts one row. */
    void add(ObjectNode object) {
        rows++;
        keys.addAll(object.propertyNames());
        RowKeys row = new RowKeys(object);
        Optional<RefusedShape> refused = RefusedShape.of(row);
        DataFormat format = refused.isPresent() ? null : of(row);
        if (format != null) {
            refused = AnswerColumns.refusal(row, format);
        }
        if (refused.isPresent()) {
            refusals.merge(refused.get(), 1, Integer::sum);
        } else if (format != null) {
            formats.merge(format, 1, Integer::sum);
        }
    }

    int rows() {
        return rows;
    }

    /** All keys that the rows had. */
    Set<String> keys() {
        return keys;
    }

    /** The format that most rows have, if any has one; an error if most rows have columns that cannot be read. */
    Optional<DataFormat> result(String file) {
        int maxCount =
                formats.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        refusals.forEach((refused, count) -> {
            if (count > maxCount) {
                throw BadInputException.at(file, refused.found(), refused.expected(), refused.remedy());
            }
        });
        return formats.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** The format of one row, or null. */
    private static @Nullable DataFormat of(RowKeys row) {
        if (ArgillaParser.matches(row.object())) {
            return DataFormat.ARGILLA;
        }
        if (LabelStudioParser.matches(row.object())) {
            return DataFormat.LABEL_STUDIO;
        }
        DataFormat thirdParty = ThirdPartyFormats.detect(row);
        return thirdParty == null ? own(row) : thirdParty;
    }

    private static @Nullable DataFormat own(RowKeys row) {
        String promptKey = row.first(Fields.PROMPT);
        boolean prompt = promptKey != null;
        if (row.has("completions") && row.has("order")) {
            return DataFormat.RANKINGS;
        }
        if (prompt && StepsParser.matches(row)) {
            return DataFormat.STEPS;
        }
        if (PairParser.matches(row)) {
            return prompt ? DataFormat.PREFERENCES : DataFormat.DIALOGUES;
        }
        if (prompt && row.first(Fields.COMPLETION) != null) {
            return row.first(Fields.REWARD) == null ? DataFormat.PROMPT_COMPLETION : DataFormat.LABELS;
        }
        JsonNode completions = row.object().get("completions");
        if (prompt && completions != null && completions.isArray()) {
            return DataFormat.TASKS;
        }
        String turns = row.first(Fields.TURNS);
        if (turns != null) {
            return Turns.areShareGpt(row.object().get(turns)) ? DataFormat.SHAREGPT : DataFormat.MESSAGES;
        }
        return promptKey != null && !promptKey.equals("input") ? DataFormat.PROMPTS : null;
    }
}
