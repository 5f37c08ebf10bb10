package dev.attune.training.launch;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.DatasetReport;
import dev.attune.core.data.PromptLimit;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.Split;
import dev.attune.core.data.Splits;
import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.text.Prompt;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.EvaluateSettings;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A run's data, split into what is trained on and what is held out.
 *
 * @param sources the files, for provenance
 */
record RunData(Dataset train, List<? extends Row> heldOut, List<DataSource> sources) {
    /** Reads a recipe's data; no prompt is on both sides. */
    static RunData read(
            DataSettings data, EvaluateSettings evaluate, long seed, ToIntFunction<Prompt> tokens, RunListener listener)
            throws IOException {
        ReadOptions options = new ReadOptions(data.format(), data.onFault(), new PromptLimit(data.maxLength(), tokens));
        Dataset all = read(data.path(), options, listener);
        List<DataSource> sources = new ArrayList<>(List.of(source(data.path(), all.report())));
        if (evaluate.data() != null) {
            Dataset held = read(evaluate.data(), options.withFormat(null), listener);
            sources.add(source(evaluate.data(), held.report()));
            return new RunData(all, limited(held.rows(), evaluate), sources);
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
        return new RunData(new Dataset(split.train(), all.report()), limited(split.heldOut(), evaluate), sources);
    }

    /** Rows by prompt; none is held out where the held-out rows have a file of their own, or there are none. */
    static Split<? extends Row> split(List<? extends Row> rows, EvaluateSettings evaluate, long seed) {
        boolean whole = evaluate.data() != null || evaluate.split() == 0;
        return whole ? new Split<Row>(List.copyOf(rows), List.of()) : Splits.byPrompt(rows, evaluate.split(), seed);
    }

    private static Dataset read(String path, ReadOptions options, RunListener listener) {
        Dataset dataset = Dataset.read(Path.of(path), options);
        listener.note(dataset.report().summary());
        return dataset;
    }

    private static DataSource source(String path, DatasetReport report) throws IOException {
        return DataSource.of(Path.of(path), report.format().word(), report.rows(), report.used());
    }

    private static List<? extends Row> limited(List<? extends Row> rows, EvaluateSettings evaluate) {
        return rows.subList(0, Math.min(rows.size(), evaluate.limit()));
    }

    /** What is held out, as a dataset of the same kind. */
    Dataset heldOutSet() {
        return new Dataset(heldOut, train.report());
    }
}
