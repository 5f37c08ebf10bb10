package dev.attune.training.data;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.RunSettings;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The texts from which a run learns a vocabulary: only those of its training rows. */
public final class TrainingTexts {
    private TrainingTexts() {}

    /**
     * The texts of the training rows as {@link RunData} splits them, over-long ones included because their tokens cannot be
     * counted yet.
     */
    public static Stream<String> of(RunSettings run) {
        DataSettings data = run.dataOrFail();
        Dataset all = Dataset.read(Path.of(data.path()), new ReadOptions(data.format(), data.onFault(), null));
        return RunData.split(all.rows(), run.evaluate(), run.seed()).train().stream()
                .flatMap(TrainingTexts::of);
    }

    /** The texts of a row, one per turn. */
    static Stream<String> of(Row row) {
        return Stream.concat(row.prompt().messages().stream().map(Message::content), completions(row));
    }

    private static Stream<String> completions(Row row) {
        if (row instanceof Row.PreferenceRow pair) {
            return Stream.of(pair.preference().chosen(), pair.preference().rejected());
        }
        if (row instanceof Row.RankingRow ranking) {
            return ranking.ranking().completions().stream().map(Ranking.Completion::text);
        }
        if (row instanceof Row.CompletionRow completion) {
            return Stream.of(completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return Stream.of(messages.completion());
        }
        if (row instanceof Row.StepsRow steps) {
            return steps.steps().stream();
        }
        return row instanceof Row.LabelRow label ? Stream.of(label.completion()) : Stream.empty();
    }
}
