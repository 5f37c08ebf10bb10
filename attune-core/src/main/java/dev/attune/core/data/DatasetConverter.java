package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Label;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.io.WriteFailures;
import dev.attune.core.provenance.DataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts datasets. For each file it writes a provenance file ({@link DataSource}) that names the sources, so that the
 * provenance of a model reaches back to the first rankings.
 */
public final class DatasetConverter {
    private DatasetConverter() {}

    /**
     * The result of a conversion.
     *
     * @param read the report of the input
     * @param written how many rows the output has
     */
    public record Conversion(DatasetReport read, long written) {}

    /**
     * Rewrites a file in another format or container; the rows are streamed. Pairs become completions or conversations by
     * their chosen side, labels by both sides, and rankings of two completions; conversions that need a choice
     * (rankings to pairs) are refused: {@link #pairs} makes them.
     *
     * @param to by its name JSONL, JSON, CSV or Parquet, gzip or not
     */
    public static Conversion convert(Path from, ReadOptions options, Path to, DataFormat wanted) {
        DatasetWriter.container(to);
        DataFormat format = wanted.written();
        RowConversion conversion = new RowConversion(from.toString(), format);
        DatasetReport[] report = new DatasetReport[1];
        long written = DatasetWriter.write(
                to,
                sink -> report[0] = Dataset.stream(
                        from, options, row -> conversion.convert(row).forEach(sink)));
        Map<String, String> derivation = new LinkedHashMap<>();
        derivation.put("step", "convert");
        derivation.put("on_fault", options.onFault().toString());
        record(report[0], from, to, format, written, derivation);
        return new Conversion(report[0], written);
    }

    /** Writes the pairs of a file of rankings. The choice is recorded in the output's provenance file. */
    public static Conversion pairs(Path from, ReadOptions options, Path to, PairOptions choice) {
        DatasetWriter.container(to);
        Dataset rankings = rankings(from, options);
        List<Preference> pairs = RankingPairs.derive(rankings.rankings(), choice);
        if (pairs.isEmpty()) {
            throw BadInputException.at(
                    from.toString(),
                    "rankings that give no pair under " + choice.describe(),
                    "at least one",
                    "choose other pairs, ties or another criterion");
        }
        long written = DatasetWriter.write(
                to, sink -> pairs.forEach(pair -> sink.accept(RowObjects.of(new Row.PreferenceRow(0, pair)))));
        Map<String, String> derivation = new LinkedHashMap<>();
        derivation.put("step", "pairs");
        derivation.putAll(choice.describe());
        record(rankings.report(), from, to, DataFormat.PREFERENCES, written, derivation);
        return new Conversion(rankings.report(), written);
    }

    /** Writes a file of rankings as labels: one completion per line, with reward 1 for the best group and 0 for the rest. */
    public static Conversion labels(Path from, ReadOptions options, Path to) {
        DatasetWriter.container(to);
        Dataset rankings = rankings(from, options);
        List<Label> labels = Label.of(rankings.rankings());
        long written = DatasetWriter.write(
                to,
                sink -> labels.forEach(label -> sink.accept(
                        RowObjects.of(new Row.LabelRow(0, label.prompt(), label.completion(), label.reward())))));
        record(rankings.report(), from, to, DataFormat.LABELS, written, Map.of("step", "labels"));
        return new Conversion(rankings.report(), written);
    }

    /** @throws BadInputException if the file holds something else */
    private static Dataset rankings(Path from, ReadOptions options) {
        Dataset read = Dataset.read(from, options);
        if (read.format().written() != DataFormat.RANKINGS) {
            throw BadInputException.at(
                    from.toString(),
                    "the format " + read.format().configName(),
                    "rankings",
                    "give a file of rankings, or convert this one with attune data convert");
        }
        return read;
    }

    private static void record(
            DatasetReport read, Path from, Path to, DataFormat format, long written, Map<String, String> derivation) {
        try {
            DataSource source = DataSource.of(from, read.format().configName(), read.rows(), read.used());
            DataSource.recordDerived(to, format.configName(), written, derivation, List.of(source));
        } catch (IOException e) {
            throw new RunFailedException(to + ": its provenance could not be written: " + WriteFailures.reason(e), e);
        }
    }
}
