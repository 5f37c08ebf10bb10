package dev.attune.core.data;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the content of a parsed row. */
final class RowChecks {
    private RowChecks() {}

    /** The first problem of a row, or null. */
    static @Nullable RowProblem problem(Row row, @Nullable RowCheck check) {
        if (isEmpty(row.prompt())) {
            return new RowProblem(Fault.Kind.EMPTY_PROMPT, "", "an empty prompt", "a prompt");
        }
        RowProblem content = content(row);
        return content == null && check != null ? checked(row, check) : content;
    }

    private static boolean isEmpty(Prompt prompt) {
        return prompt.messages().stream()
                .allMatch(message ->
                        message.content().isBlank() && message.fields().isEmpty());
    }

    private static @Nullable RowProblem content(Row row) {
        if (row instanceof Row.CompletionRow completion) {
            return empty("completion", completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return messages.hasTextAnswer() ? empty("messages", messages.completion()) : null;
        }
        if (row instanceof Row.LabelRow label) {
            return empty("completion", label.completion());
        }
        if (row instanceof Row.PreferenceRow pair) {
            return pair(pair.preference());
        }
        if (row instanceof Row.TaskRow task) {
            return completions(task.completions());
        }
        return row instanceof Row.RankingRow ranking
                ? completions(ranking.ranking().completions())
                : null;
    }

    private static @Nullable RowProblem pair(Preference pair) {
        RowProblem chosen = empty("chosen", pair.chosen());
        RowProblem rejected = chosen == null ? empty("rejected", pair.rejected()) : chosen;
        if (rejected == null && pair.chosen().equals(pair.rejected())) {
            return new RowProblem(
                    Fault.Kind.IDENTICAL, "", "chosen and rejected that are the same", "two different completions");
        }
        return rejected;
    }

    private static @Nullable RowProblem completions(List<Ranking.Completion> completions) {
        for (int i = 0; i < completions.size(); i++) {
            RowProblem problem =
                    empty("completions[" + i + "]", completions.get(i).text());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable RowProblem empty(String key, String completion) {
        return completion.isBlank()
                ? new RowProblem(Fault.Kind.EMPTY_COMPLETION, key, "an empty completion", "a text")
                : null;
    }

    private static @Nullable RowProblem checked(Row row, RowCheck check) {
        try {
            RowCheck.Problem problem = check.problem(row);
            return problem == null ? null : new RowProblem(problem.kind(), "", problem.found(), problem.expected());
        } catch (RefusedConversationException e) {
            return new RowProblem(
                    Fault.Kind.REFUSED_BY_TEMPLATE, "", e.reason(), "a conversation that the template renders");
        }
    }
}
