package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.data.thirdparty.RefusedShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds columns that look like answers and that a format would ignore. */
final class AnswerColumns {
    private static final Pattern ANSWER = Pattern.compile(
            "(.*[_.-])?(responses?|answers?|completions?|outputs?|generations?|repl(y|ies)|candidates?|continuations?"
                    + "|chosen|rejected|preferred|human_ref|text|summary)([_.-].*|.?.?)",
            Pattern.CASE_INSENSITIVE);
    /** Common words, which count as names of answers only with a number or a letter. */
    private static final Pattern PLAIN =
            Pattern.compile("(.*[_.-])?(text|summary|chosen|rejected|preferred)", Pattern.CASE_INSENSITIVE);
    /** Keys that describe an answer, such as its score. */
    private static final Pattern ABOUT = Pattern.compile(
            ".*[_.-](sources?|ids?|scores?|len|length|tokens?|models?|types?|dates?|times?|urls?|lang|language|index|start|end|count"
                    + "|labels?|ratings?|reasons?|rank|format|category|metadata|prompt|by|at|safe|style|template|hash|status)"
                    + "([_.-]?.)?",
            Pattern.CASE_INSENSITIVE);

    private AnswerColumns() {}

    /** The reason to refuse a detected format, if it would ignore columns with answers. */
    static Optional<RefusedShape> refusal(RowKeys row, DataFormat format) {
        List<String> answers = answers(row);
        return switch (format) {
            case PROMPTS ->
                answers.size() > 1 || hasList(row, answers) ? Optional.of(refused(answers)) : Optional.empty();
            case PROMPT_COMPLETION, LABELS -> {
                String used = Objects.requireNonNull(row.first(Fields.COMPLETION));
                JsonNode text = row.object().get(used);
                boolean others = answers.stream()
                        .anyMatch(key -> !key.equals(used)
                                && !Objects.equals(row.object().get(key), text));
                yield others ? Optional.of(refused(answers)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static RefusedShape refused(List<String> answers) {
        return new RefusedShape(
                "several columns that look like answers (" + String.join(", ", answers)
                        + ") and no known set of columns",
                "one completion, chosen and rejected, completions with order, or a public set's columns (docs/data.md)",
                "rename the columns, or name the format: --format prompts reads the prompts, prompt/completion the first"
                        + " answer");
    }

    private static List<String> answers(RowKeys row) {
        List<String> answers = new ArrayList<>();
        row.object().properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean texts = (value.isString() || value.isArray()) && RowKeys.holdsSomething(value);
            if (texts
                    && ANSWER.matcher(field.getKey()).matches()
                    && !PLAIN.matcher(field.getKey()).matches()
                    && !ABOUT.matcher(field.getKey()).matches()) {
                answers.add(field.getKey());
            }
        });
        return answers;
    }

    private static boolean hasList(RowKeys row, List<String> answers) {
        return answers.stream().anyMatch(key -> row.object().get(key).isArray());
    }
}
