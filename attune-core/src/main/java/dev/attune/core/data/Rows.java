package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.List;

/** Casts rows to the type that a caller needs. */
final class Rows {
    private Rows() {}

    static <R extends Row> List<R> cast(List<? extends Row> rows, Class<R> type, DatasetReport report) {
        List<R> cast = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (!type.isInstance(row)) {
                throw unsuitable(row, report, needed(type));
            }
            cast.add(type.cast(row));
        }
        return cast;
    }

    static PromptCompletion demonstration(Row row, DatasetReport report) {
        if (row instanceof Row.CompletionRow completion) {
            return new PromptCompletion(completion.prompt(), completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return new PromptCompletion(messages.prompt(), messages.completion());
        }
        if (row instanceof Row.PreferenceRow pair) {
            return new PromptCompletion(pair.prompt(), pair.preference().chosen());
        }
        throw unsuitable(row, report, "prompt/completion, messages, sharegpt or pairs");
    }

    private static BadInputException unsuitable(Row row, DatasetReport report, String expected) {
        return BadInputException.at(
                report.file() + ":" + row.line(),
                "rows of the format " + report.format().configName(),
                expected,
                "convert the file with attune data convert, or name its format");
    }

    private static String needed(Class<? extends Row> type) {
        if (type == Row.PreferenceRow.class) {
            return "prompt/chosen/rejected or chosen/rejected";
        }
        if (type == Row.RankingRow.class) {
            return "rankings";
        }
        if (type == Row.TaskRow.class) {
            return "tasks";
        }
        if (type == Row.CompletionRow.class) {
            return "prompt/completion";
        }
        if (type == Row.MessagesRow.class) {
            return "messages or sharegpt";
        }
        if (type == Row.StepsRow.class) {
            return "steps";
        }
        return type == Row.LabelRow.class ? "labels" : "prompts";
    }
}
