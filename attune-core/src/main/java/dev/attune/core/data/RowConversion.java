package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Label;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Converts rows to another format with the same meaning. */
final class RowConversion {
    private final String file;
    private final DataFormat target;

    RowConversion(String file, DataFormat target) {
        this.file = file;
        this.target = target;
    }

    /** The objects to write for a row: one, or two labels for a pair. */
    List<ObjectNode> convert(Row row) {
        List<? extends Row> rows =
                switch (target) {
                    case PROMPTS -> List.of(new Row.PromptRow(row.line(), row.prompt(), row.columns()));
                    case PROMPT_COMPLETION -> one(completion(row));
                    case MESSAGES, SHAREGPT -> one(messages(row));
                    case PREFERENCES, DIALOGUES -> one(row instanceof Row.PreferenceRow ? row : null);
                    case RANKINGS -> one(ranking(row));
                    case TASKS -> one(task(row));
                    case LABELS -> labels(row);
                    case STEPS -> one(row instanceof Row.StepsRow ? row : null);
                    default -> throw new IllegalStateException(target + " is not written");
                };
        if (rows.isEmpty()) {
            throw refusal(row, "rows of which " + target.configName() + " can be made", "choose another format");
        }
        return rows.stream().map(this::write).toList();
    }

    private ObjectNode write(Row row) {
        if (target == DataFormat.SHAREGPT && row instanceof Row.MessagesRow messages) {
            return RowObjects.shareGpt(messages);
        }
        if (target == DataFormat.DIALOGUES && row instanceof Row.PreferenceRow pair) {
            return RowObjects.dialogues(pair);
        }
        return RowObjects.of(row);
    }

    private BadInputException refusal(Row row, String expected, String remedy) {
        return BadInputException.at(file + ":" + row.line(), kind(row), expected, remedy);
    }

    private static String kind(Row row) {
        return "a row of the kind "
                + row.getClass().getSimpleName().replace("Row", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static List<Row> one(@Nullable Row row) {
        return row == null ? List.of() : List.of(row);
    }

    private @Nullable Row completion(Row row) {
        if (row instanceof Row.MessagesRow messages) {
            if (!messages.hasTextAnswer()) {
                throw refusal(
                        row,
                        "an answer that is text alone, without "
                                + String.join(", ", messages.answer().fields().keySet()),
                        "choose the format messages");
            }
            return new Row.CompletionRow(row.line(), messages.prompt(), messages.completion());
        }
        if (row instanceof Row.PreferenceRow pair) {
            return new Row.CompletionRow(
                    row.line(), pair.prompt(), pair.preference().chosen());
        }
        return row instanceof Row.CompletionRow ? row : null;
    }

    private @Nullable Row messages(Row row) {
        if (row instanceof Row.MessagesRow) {
            return row;
        }
        if (completion(row) instanceof Row.CompletionRow completion) {
            List<Message> messages = new ArrayList<>(completion.prompt().messages());
            messages.add(Message.assistant(completion.completion()));
            return new Row.MessagesRow(row.line(), messages, PromptColumns.tools(completion.prompt()));
        }
        return null;
    }

    private static @Nullable Row ranking(Row row) {
        if (row instanceof Row.PreferenceRow pair) {
            Preference preference = pair.preference();
            boolean tie = preference.probability() == 0.5;
            return new Row.RankingRow(
                    row.line(),
                    new Ranking(
                            Row.RankingRow.UNNAMED + row.line(),
                            preference.prompt(),
                            List.of(
                                    new Ranking.Completion(preference.chosen(), null),
                                    new Ranking.Completion(preference.rejected(), null)),
                            Row.RankingRow.ANY_CRITERION,
                            tie ? List.of(List.of(0, 1)) : List.of(List.of(0), List.of(1)),
                            List.of(),
                            Row.RankingRow.NOBODY,
                            null,
                            null));
        }
        return row instanceof Row.RankingRow ? row : null;
    }

    private static @Nullable Row task(Row row) {
        if (row instanceof Row.RankingRow ranking) {
            return new Row.TaskRow(row.line(), row.prompt(), ranking.ranking().completions());
        }
        return row instanceof Row.TaskRow ? row : null;
    }

    private static List<Row> labels(Row row) {
        if (row instanceof Row.RankingRow ranking) {
            return Label.of(ranking.ranking()).stream()
                    .map(label ->
                            (Row) new Row.LabelRow(row.line(), label.prompt(), label.completion(), label.reward()))
                    .toList();
        }
        if (row instanceof Row.PreferenceRow pair) {
            Preference preference = pair.preference();
            return List.of(
                    new Row.LabelRow(row.line(), pair.prompt(), preference.chosen(), 1),
                    new Row.LabelRow(row.line(), pair.prompt(), preference.rejected(), 0));
        }
        return row instanceof Row.LabelRow ? List.of(row) : List.of();
    }
}
