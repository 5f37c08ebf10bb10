package dev.attune.cli;

import dev.attune.cli.report.Html;
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
import dev.attune.core.text.Exchange;
import dev.attune.model.local.LocalScoringModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune score}: what a reward model thinks of a file. */
@Command(
        name = "score",
        description = {
            "Score completions with a reward model: a score for each, or for pairs and rankings the margin of the better"
                    + " one and the accuracy with its 95 %% interval. Equal scores are wrong; pairs labelled as ties do not count."
        },
        footer = {
            "",
            "Example:",
            "  attune score runs/hh-harmless-reward/model ../shared/data/hh-harmless/validation.jsonl.gz"
                    + " --template human-assistant --json"
        })
final class ScoreCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "REWARD_MODEL", description = "A reward model's directory.")
    private Path model;

    @Parameters(index = "1", paramLabel = "FILE", description = "Prompts with completions, pairs or rankings.")
    private Path file;

    @Option(names = "--template", paramLabel = "NAME", description = "plain, human-assistant, chatml or a file.")
    private @Nullable String template;

    @Option(names = "--format", paramLabel = "FORMAT", description = "The rows' format; detected when left out.")
    private @Nullable String format;

    @Option(
            names = "--on-fault",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description = "Rows that parse but cannot be used: drop (default), keep or fail.")
    private String onFault;

    @Option(names = "--json", description = "Print {accuracy, accuracy_interval, pairs, rows} or {rows}.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() {
        ReadOptions options = ReadOptions.defaults()
                .withFormat(format == null ? null : DataFormat.parse(format))
                .withOnFault(OnFault.parse(onFault));
        Dataset data = Dataset.read(file, options);
        engine.apply();
        try (ScoringModel scoring = LocalScoringModel.open(model, template)) {
            err().println(data.report().summary());
            return switch (data.format()) {
                case PREFERENCES, DIALOGUES -> pairs(scoring, data.preferences());
                case RANKINGS -> pairs(scoring, RankingPairs.derive(data.rankings(), PairOptions.defaults()));
                case PROMPTS ->
                    throw BadInputException.at(
                            file.toString(),
                            "prompts alone",
                            "completions, pairs or rankings",
                            "sample completions first");
                default -> completions(scoring, data);
            };
        }
    }

    private int completions(ScoringModel scoring, Dataset data) {
        List<Exchange> exchanges =
                data.rows().stream().map(ScoreCommand::exchange).toList();
        double[] scores = scoring.score(exchanges);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("line", data.rows().get(i).line());
            row.put("score", scores[i]);
            rows.add(row);
        }
        if (json) {
            json(Map.of("rows", rows));
        } else {
            rows.forEach(row -> out().println("line " + row.get("line") + "  " + row.get("score")));
        }
        return 0;
    }

    private static Exchange exchange(Row row) {
        if (row instanceof Row.CompletionRow completion) {
            return new Exchange(completion.prompt(), completion.completion());
        }
        if (row instanceof Row.MessagesRow messages) {
            return new Exchange(messages.prompt(), messages.completion());
        }
        Row.LabelRow label = (Row.LabelRow) row;
        return new Exchange(label.prompt(), label.completion());
    }

    private int pairs(ScoringModel scoring, List<Preference> pairs) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Preference pair : pairs) {
            exchanges.add(new Exchange(pair.prompt(), pair.chosen()));
            exchanges.add(new Exchange(pair.prompt(), pair.rejected()));
        }
        double[] scores = scoring.score(exchanges);
        List<Map<String, Object>> rows = new ArrayList<>();
        long right = 0;
        long counted = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double margin = scores[2 * i] - scores[2 * i + 1];
            if (pairs.get(i).probability() > 0.5) {
                counted++;
                right += margin > 0 ? 1 : 0;
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("margin", margin);
            row.put("chosen", scores[2 * i]);
            row.put("rejected", scores[2 * i + 1]);
            rows.add(row);
        }
        if (counted == 0) {
            throw BadInputException.at(file.toString(), "ties alone", "pairs with a better side", "give other pairs");
        }
        print(rows, Wilson.share((double) right, counted));
        return 0;
    }

    private void print(List<Map<String, Object>> rows, Estimate accuracy) {
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
        for (int i = 0; i < rows.size(); i++) {
            Object margin = rows.get(i).get("margin");
            out().println("pair " + (i + 1) + "  margin " + Html.number(margin instanceof Double value ? value : 0));
        }
        out().println("accuracy " + accuracy.describe() + " over " + accuracy.count() + " pairs");
    }
}
