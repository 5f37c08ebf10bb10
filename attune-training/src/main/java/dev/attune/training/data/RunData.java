package dev.attune.training.data;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.DatasetReport;
import dev.attune.core.data.PromptLimit;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowCheck;
import dev.attune.core.data.Split;
import dev.attune.core.data.Splits;
import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.DataSource;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.EvaluateSettings;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A run's data, split into training rows and held-out rows.
 *
 * @param sources the files, for provenance
 */
public record RunData(Dataset train, List<? extends Row> heldOut, List<DataSource> sources) {
    /**
     * Reads a recipe's data as sequences; no prompt is on both sides. Over-long rows are counted, and dropped or cut.
     */
    public static RunData read(
            DataSettings data, EvaluateSettings evaluate, long seed, SequenceEncoder encoder, RunListener listener)
            throws IOException {
        RunData read = read(data, evaluate, seed, encoder, encoder::uses, listener);
        encoder.notes().forEach(listener::note);
        return read;
    }

    /**
     * Reads a recipe's prompts; those longer than {@code data.max_length} are faults.
     *
     * @param rewards what the reward functions require of a row
     */
    public static RunData readPrompts(
            RunSettings run, ConversationEncoder encoder, RowCheck rewards, RunListener listener) throws IOException {
        DataSettings data = run.dataOrFail();
        PromptLimit limit = new PromptLimit(data.maxLength(), prompt -> encoder.prompt(prompt).length);
        RowCheck both = row -> {
            RowCheck.Problem problem = limit.problem(row);
            return problem == null ? rewards.problem(row) : problem;
        };
        RunData read = read(data, run.evaluate(), run.seed(), both, row -> true, listener);
        encoder.notes().forEach(listener::note);
        return read;
    }

    private static RunData read(
            DataSettings data,
            EvaluateSettings evaluate,
            long seed,
            RowCheck check,
            Predicate<Row> used,
            RunListener listener)
            throws IOException {
        ReadOptions options = new ReadOptions(data.format(), data.onFault(), check);
        Dataset all = read(data.path(), options, used, listener);
        List<DataSource> sources = new ArrayList<>(List.of(source(data.path(), all)));
        if (evaluate.data() != null) {
            Dataset held = read(evaluate.data(), options.withFormat(null), used, listener);
            sources.add(source(evaluate.data(), held));
            return new RunData(all, limited(held.rows(), evaluate, listener), sources);
        }
        if (evaluate.split() == 0) {
            return new RunData(all, List.of(), sources);
        }
        Split<? extends Row> split = split(all.rows(), evaluate, seed);
        if (split.train().isEmpty()) {
            throw BadInputException.at(
                    data.path(),
                    "no row left to train on once a share of " + evaluate.split() + " of the prompts is held out",
                    "more prompts",
                    "lower evaluate.split");
        }
        if (split.heldOut().isEmpty()) {
            listener.note("evaluate.split: " + evaluate.split() + " holds out none of the few prompts of " + data.path()
                    + ", so nothing is evaluated; raise it, change the seed, or name evaluate.data");
        }
        return new RunData(
                new Dataset(split.train(), all.report()), limited(split.heldOut(), evaluate, listener), sources);
    }

    /** Splits rows by prompt; none is held out if the held-out rows have their own file, or if there are none. */
    public static Split<? extends Row> split(List<? extends Row> rows, EvaluateSettings evaluate, long seed) {
        boolean whole = evaluate.data() != null || evaluate.split() == 0;
        return whole ? new Split<Row>(List.copyOf(rows), List.of()) : Splits.byPrompt(rows, evaluate.split(), seed);
    }

    private static Dataset read(String path, ReadOptions options, Predicate<Row> used, RunListener listener) {
        Dataset dataset = Dataset.read(Path.of(path), options);
        boolean prompts = dataset.format() == DataFormat.PROMPTS;
        listener.note(dataset.report().summary(prompts ? "further keys for reward functions" : "unused keys"));
        List<? extends Row> rows = dataset.rows().stream().filter(used).toList();
        if (rows.isEmpty()) {
            throw BadInputException.at(
                    path,
                    "no row that is short enough for data.max_length",
                    "at least one",
                    "raise data.max_length or set data.overlong to keep_start or keep_end");
        }
        return new Dataset(rows, dataset.report());
    }

    private static DataSource source(String path, Dataset data) throws IOException {
        DatasetReport report = data.report();
        return DataSource.of(Path.of(path), report.format().configName(), report.rows(), report.used());
    }

    private static List<? extends Row> limited(
            List<? extends Row> rows, EvaluateSettings evaluate, RunListener listener) {
        if (rows.size() <= evaluate.limit()) {
            return rows;
        }
        listener.note("evaluates on the first " + evaluate.limit() + " of " + rows.size()
                + " held-out rows (evaluate.limit)");
        return rows.subList(0, evaluate.limit());
    }

    /** The held-out rows, as a dataset of the same kind. */
    public Dataset heldOutSet() {
        return new Dataset(heldOut, train.report());
    }
}
