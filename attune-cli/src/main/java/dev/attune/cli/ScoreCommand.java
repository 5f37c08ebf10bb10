package dev.attune.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.config.StepReading;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalScoringModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune score}: scores of a reward model for the completions of a file. */
@Command(
        name = "score",
        description = {
            "Score completions with a reward model: one score per completion; for pairs and rankings, the margin between chosen"
                    + " and rejected, and the accuracy with its 95 %% interval. Equal scores count as wrong; pairs labelled as ties"
                    + " are left out. A process reward model scores a completion by the aggregated probability of its"
                    + " steps."
        },
        footer = {
            "",
            "Example:",
            "  attune score runs/hh-harmless-reward/model ../shared/data/hh-harmless/validation.jsonl.gz --json"
        })
final class ScoreCommand extends BaseCommand {
    @Parameters(
            index = "0",
            paramLabel = "REWARD_MODEL",
            description = "Reward model: a directory in Hugging Face format, or hf:owner/name.")
    private String model;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Data file with prompts and completions, pairs, rankings, labels, steps or tasks.")
    private Path file;

    @Mixin
    private ConversationArguments conversations;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Format of the rows (default: detected).")
    private @Nullable String format;

    @Option(
            names = "--on-fault",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description = "Handling of rows that parse but cannot be used: drop (default), keep or fail.")
    private String onFault;

    @Option(names = "--json", description = "Print {accuracy, accuracy_interval, pairs, rows} or {rows}.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private PrecisionOption precision;

    @Override
    protected int run() {
        ReadOptions options = ReadOptions.defaults()
                .withFormat(format == null ? null : DataFormat.parse(format))
                .withOnFault(OnFault.parse(onFault));
        engine.apply();
        Path stored = ModelLocation.resolve(model);
        try (LocalScoringModel scoring =
                LocalScoringModel.open(stored, conversations.options(), precision.storage(stored))) {
            Dataset data = Dataset.read(file, options.withRowCheck(new TemplateCheck(scoring.encoder())));
            err().println(data.report().summary());
            scoring.encoder().notes().forEach(note -> err().println("note: " + note));
            return switch (data.format().written()) {
                case PREFERENCES, DIALOGUES -> pairs(scoring, data.preferences(), lines(data));
                case RANKINGS ->
                    pairs(scoring, RankingPairs.derive(data.rankings(), PairOptions.defaults()), List.of());
                case PROMPTS ->
                    throw BadInputException.at(
                            file.toString(),
                            "only prompts",
                            "completions, pairs or rankings",
                            "sample completions first");
                default -> completions(scoring, data);
            };
        }
    }

    private int completions(LocalScoringModel scoring, Dataset data) {
        StepReading steps = Objects.requireNonNullElse(scoring.steps(), StepReading.DEFAULT);
        List<ScoredCompletion> completions = data.rows().stream()
                .flatMap(row -> ScoredCompletion.of(file.toString(), row, steps.mark()).stream())
                .toList();
        double[] scores =
                scoring.score(completions.stream().map(ScoredCompletion::sample).toList());
        List<ScoredLine> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            requireNumber("line " + completions.get(i).line(), scores[i]);
            rows.add(
                    new ScoredLine(completions.get(i).line(), completions.get(i).index(), scores[i]));
        }
        if (json) {
            json(Map.of("rows", rows));
        } else {
            out().print(table(rows));
        }
        return 0;
    }

    /** One row per completion; completions of a task have their index in the task, from 0. */
    private static Table table(List<ScoredLine> rows) {
        boolean indexed = rows.stream().anyMatch(row -> row.completion() != null);
        Table table = indexed ? Table.of(">line", ">completion", ">score") : Table.of(">line", ">score");
        for (ScoredLine row : rows) {
            if (indexed) {
                table.row(row.line(), Objects.requireNonNullElse(row.completion(), 0), Html.number(row.score()));
            } else {
                table.row(row.line(), Html.number(row.score()));
            }
        }
        return table;
    }

    /** Refuses a score that is NaN or infinite; an accuracy of such scores has no meaning. */
    private void requireNumber(String place, double score) {
        if (!Double.isFinite(score)) {
            throw BadInputException.at(
                    file + ", " + place,
                    "the score " + score + " by " + model,
                    "a finite number",
                    "check the model with 'attune doctor " + model + "'; remove the line if the model has no problem");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ScoredLine(long line, @Nullable Integer completion, double score) {}

    private static List<Long> lines(Dataset data) {
        return data.rows().stream().map(Row::line).toList();
    }

    /** @param lines the pairs' lines in the file; empty if the pairs were made from rankings */
    private int pairs(ScoringModel scoring, List<Preference> pairs, List<Long> lines) {
        List<PromptCompletion> samples = new ArrayList<>();
        for (Preference pair : pairs) {
            samples.add(new PromptCompletion(pair.prompt(), pair.chosen()));
            samples.add(new PromptCompletion(pair.prompt(), pair.rejected()));
        }
        double[] scores = scoring.score(samples);
        List<Scored> rows = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Long line = lines.isEmpty() ? null : lines.get(i);
            String place = line == null ? "pair " + (i + 1) : "line " + line;
            requireNumber(place + ", chosen", scores[2 * i]);
            requireNumber(place + ", rejected", scores[2 * i + 1]);
            rows.add(new Scored(line, scores[2 * i] - scores[2 * i + 1], scores[2 * i], scores[2 * i + 1]));
        }
        print(rows, accuracy(pairs, rows));
        return 0;
    }

    /** A scored pair; the margin is the first key of the JSON. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Scored(@Nullable Long line, double margin, double chosen, double rejected) {}

    /** Over pairs that have a better side; equal scores are wrong. */
    private Estimate accuracy(List<Preference> pairs, List<Scored> rows) {
        long right = 0;
        long counted = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (pairs.get(i).probability() > 0.5) {
                counted++;
                right += rows.get(i).margin() > 0 ? 1 : 0;
            }
        }
        if (counted == 0) {
            throw BadInputException.at(
                    file.toString(),
                    pairs.isEmpty() ? "rankings of one completion or of ties" : "only ties",
                    "pairs with a preferred completion",
                    "use other data");
        }
        return Wilson.share((double) right, counted);
    }

    private void print(List<Scored> rows, Estimate accuracy) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("accuracy", accuracy.value());
            result.put(
                    "accuracy_interval",
                    List.of(accuracy.interval().low(), accuracy.interval().high()));
            result.put("pairs", accuracy.count());
            result.put("rows", rows);
            json(result);
            return;
        }
        Table table = Table.of(rows.get(0).line() == null ? ">pair" : ">line", ">chosen", ">rejected", ">margin");
        for (int i = 0; i < rows.size(); i++) {
            Scored row = rows.get(i);
            Long line = row.line();
            table.row(
                    line == null ? i + 1L : line,
                    Html.number(row.chosen()),
                    Html.number(row.rejected()),
                    Html.number(row.margin()));
        }
        out().print(table);
        out().println("accuracy " + accuracy.describe() + " over " + accuracy.count() + " pairs");
    }
}
