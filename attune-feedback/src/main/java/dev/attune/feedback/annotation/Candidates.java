package dev.attune.feedback.annotation;

import dev.attune.core.data.Row;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Optional;

/**
 * The completions of a prompt that a judge compares.
 *
 * @param line of the row in its file, from 1
 * @param completions distinct texts, at least two
 */
public record Candidates(long line, Prompt prompt, List<String> completions) {
    public Candidates {
        completions = List.copyOf(completions);
    }

    /** The completions of a row of tasks, rankings or preferences, whose own order plays no part; empty below two. */
    public static Optional<Candidates> of(Row row) {
        List<String> texts = texts(row).stream().distinct().toList();
        return texts.size() < 2 ? Optional.empty() : Optional.of(new Candidates(row.line(), row.prompt(), texts));
    }

    private static List<String> texts(Row row) {
        if (row instanceof Row.TaskRow task) {
            return task.completions().stream().map(Ranking.Completion::text).toList();
        }
        if (row instanceof Row.RankingRow ranking) {
            return ranking.ranking().completions().stream()
                    .map(Ranking.Completion::text)
                    .toList();
        }
        return row instanceof Row.PreferenceRow pair
                ? List.of(pair.preference().chosen(), pair.preference().rejected())
                : List.of();
    }
}
