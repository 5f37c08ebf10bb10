package dev.attune.core.data;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file's rows in memory, with the report of reading them. Files too big for that are streamed: {@link #stream}.
 *
 * @param rows the usable ones, in the order of the file
 */
public record Dataset(List<? extends Row> rows, DatasetReport report) {
    public Dataset {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file: JSONL, JSON, CSV or Parquet, gzip or not.
     *
     * @throws dev.attune.core.error.BadInputException if the file is missing, a line does not parse, the format cannot
     *     be detected, no row can be used, or a row has a fault and the options say FAIL
     */
    public static Dataset read(Path file, ReadOptions options) {
        List<Row> rows = new ArrayList<>();
        DatasetReport report = stream(file, options, rows::add);
        return new Dataset(rows, report);
    }

    /**
     * Reads a file without holding it in memory; the rows go to {@code sink} one by one. Throws as {@link #read} does.
     */
    public static DatasetReport stream(Path file, ReadOptions options, Consumer<Row> sink) {
        return new DatasetReader(file, options).read(sink);
    }

    /** What the rows hold. */
    public DataFormat format() {
        return report.format();
    }

    /** The prompts of all rows, in order, repeats included. */
    public List<Prompt> prompts() {
        return rows.stream().map(Row::prompt).toList();
    }

    /** The rows of one type; another type among them is an error that names the format found and the one wanted. */
    public <R extends Row> List<R> rowsOf(Class<R> type) {
        return Rows.cast(rows, type, report);
    }

    /** The preferences of a dataset of pairs or dialogues. */
    public List<Preference> preferences() {
        return rowsOf(Row.PreferenceRow.class).stream()
                .map(Row.PreferenceRow::preference)
                .toList();
    }

    /** The rankings of a dataset of rankings. */
    public List<Ranking> rankings() {
        return rowsOf(Row.RankingRow.class).stream()
                .map(Row.RankingRow::ranking)
                .toList();
    }

    /**
     * The examples for supervised fine-tuning: completions, the last turns of conversations, the chosen sides of
     * pairs. Prompts, rankings and labels hold none and are an error.
     */
    public List<PromptCompletion> demonstrations() {
        return rows.stream().map(row -> Rows.demonstration(row, report)).toList();
    }
}
