package dev.attune.core.data;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.core.reward.steps.StepText;
import dev.attune.core.stats.Summary;
import dev.attune.core.text.Message;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Inspects a file: its format, faults, lengths of texts and duplicates. Rows are not held in memory. */
public final class DatasetInspector {
    private final @Nullable TokenCounts counts;
    private final DoubleStream.Builder promptCharacters = DoubleStream.builder();
    private final DoubleStream.Builder completionCharacters = DoubleStream.builder();
    private final DoubleStream.Builder promptTokens = DoubleStream.builder();
    private final DoubleStream.Builder completionTokens = DoubleStream.builder();
    private final Set<String> prompts = new HashSet<>();
    private final Set<String> contents = new HashSet<>();
    private long duplicates;

    private DatasetInspector(@Nullable TokenCounts counts) {
        this.counts = counts;
    }

    /**
     * Inspects a file; unreadable lines are counted, not thrown.
     *
     * @param options their {@code onFault} is ignored: faulty rows are counted and left out
     * @param counts null to leave tokens out
     * @throws dev.attune.core.error.BadInputException if the file is missing or its format cannot be detected
     */
    public static Inspection inspect(Path file, ReadOptions options, @Nullable TokenCounts counts) {
        DatasetInspector inspector = new DatasetInspector(counts);
        DatasetReport report = new DatasetReader(file, options.withOnFault(OnFault.DROP))
                .toleratingUnreadable()
                .read(inspector::take);
        return inspector.result(report);
    }

    private void take(Row row) {
        prompts.add(Hashing.sha256(Splits.key(row.prompt())));
        duplicates += contents.add(Hashing.sha256(RowObjects.of(row).toString())) ? 0 : 1;
        promptCharacters.add(row.prompt().messages().stream()
                .map(Message::content)
                .mapToInt(String::length)
                .sum());
        List<String> completions = completions(row);
        completions.forEach(completion -> completionCharacters.add(completion.length()));
        if (counts != null) {
            promptTokens.add(counts.prompt().applyAsInt(row.prompt()));
            completions.forEach(
                    completion -> completionTokens.add(counts.completion().applyAsInt(completion)));
        }
    }

    private static List<String> completions(Row row) {
        if (row instanceof Row.CompletionRow completion) {
            return List.of(completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return List.of(messages.completion());
        }
        if (row instanceof Row.PreferenceRow pair) {
            return List.of(pair.preference().chosen(), pair.preference().rejected());
        }
        if (row instanceof Row.RankingRow ranking) {
            return texts(ranking.ranking().completions());
        }
        if (row instanceof Row.TaskRow task) {
            return texts(task.completions());
        }
        if (row instanceof Row.StepsRow steps) {
            return List.of(StepText.join(steps.steps(), "\n"));
        }
        return row instanceof Row.LabelRow label ? List.of(label.completion()) : List.of();
    }

    private static List<String> texts(List<Ranking.Completion> completions) {
        return completions.stream().map(Ranking.Completion::text).toList();
    }

    private Inspection result(DatasetReport report) {
        return new Inspection(
                report.file(),
                report.format(),
                report.container(),
                report.gzip(),
                report.rows(),
                report.used(),
                report.count(Fault.Kind.UNREADABLE),
                report.faults(),
                report.examples(),
                duplicates,
                prompts.size(),
                summary(promptCharacters),
                summary(completionCharacters),
                counts == null ? null : summary(promptTokens),
                counts == null ? null : summary(completionTokens),
                report.unusedKeys(),
                report.notes());
    }

    private static Summary summary(DoubleStream.Builder values) {
        return Summary.of(values.build().toArray());
    }
}
