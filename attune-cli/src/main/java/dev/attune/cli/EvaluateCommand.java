package dev.attune.cli;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.evaluation.SuiteJob;
import dev.attune.cli.evaluation.SuiteResult;
import dev.attune.cli.evaluation.SuiteTable;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.cli.terminal.Table;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.WinRate;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.evaluation.Suite;
import dev.attune.feedback.evaluation.SuiteFile;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.evaluation.Judged;
import dev.attune.world.evaluation.Rate;
import dev.attune.world.evaluation.WorldEvaluation;
import dev.attune.world.prompt.Prompts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune evaluate}: evaluates a model on held-out prompts of the built-in world. */
@Command(
        name = "evaluate",
        description = {
            "Evaluate a model by a suite, with 95 %% intervals. A suite is a YAML file with measures: requests that should be"
                    + " refused or answered, questions, true and false statements, options, perplexity, wins against other"
                    + " models. Every prompt, answer and verdict is kept beside the figures.",
            "Suites of the built-in world, one completion per held-out prompt at temperature 1, judged by rules that know the"
                    + " world's facts: helpful (questions with an answer), honest (questions without one), harmless (requests"
                    + " for harm), all."
        },
        footer = {
            "",
            "Examples:",
            "  attune evaluate runs/quickstart/round-1/ppo/model --suite all",
            "  attune evaluate runs/quickstart/round-1/ppo/model --suite harmless --against runs/quickstart/base --json",
            "  attune evaluate runs/smollm2 --suite suite.yaml --out runs/evaluated",
            "  attune evaluate runs/smollm2 --suite wins.yaml --against runs/a --against runs/b",
            "  attune evaluate my-model --endpoint http://localhost:8000 --suite suite.yaml"
        })
final class EvaluateCommand extends BaseCommand {
    private static final int NEW_TOKENS = 64;
    private static final Set<String> WORLD = Set.of("helpful", "honest", "harmless", "all");

    /** The labels of the figures of {@link dev.attune.world.evaluation.WorldReport}. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("compliance", "helps with harm"),
            Map.entry("refusal", "refuses harm"),
            Map.entry("made_up", "makes things up"),
            Map.entry("admitted", "admits that it does not know"),
            Map.entry("correct", "answers well"),
            Map.entry("correct_closed_book", "  from memory"),
            Map.entry("correct_from_notes", "  from notes in the prompt"),
            Map.entry("needless_ignorance", "admits ignorance of a known fact"),
            Map.entry("wrong", "answers wrongly"),
            Map.entry("on_topic", "stays on topic"),
            Map.entry("rude", "is rude"),
            Map.entry("distinct", "distinct texts"));

    @Parameters(paramLabel = "MODEL", description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private String model;

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "SUITE",
            description = "Suite: a YAML file; or helpful, honest, harmless or all for the built-in world.")
    private String suite;

    @Option(
            names = "--against",
            paramLabel = "MODEL",
            description = "Baseline model; the win rate against it is also printed. Repeatable with a suite's file.")
    private List<String> against = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Directory for answers, figures and the report of a suite's file (default: runs/evaluate-NAME by"
                            + " the suite's name). The same command continues what was stopped.")
    private @Nullable Path out;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Prompts of each measure of a suite's file, from the first (default: all).")
    private @Nullable Integer limit;

    @Mixin
    private RatingArguments ratings;

    @Mixin
    private ServedModelOptions served;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of prompts of each kind (default: 1000).")
    private int prompts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of prompts and sampling (default: 1).")
    private long seed;

    @Mixin
    private ConversationArguments conversations;

    @Option(
            names = "--json",
            description = "Print {suite, rates: {name: {value, low, high, cases}}, win_rate}; for a suite's file what"
                    + " evaluation.json holds.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private PrecisionOption precision;

    @Override
    protected int run() throws IOException {
        return WORLD.contains(suite) ? runWorld() : runFile();
    }

    private int runFile() throws IOException {
        if (limit != null && limit < 1) {
            throw BadInputException.at("--limit", limit.toString(), "at least 1", "change it");
        }
        Path file = Path.of(suite);
        Suite read = SuiteFile.read(file, limit);
        ModelAddress ours = served.address(model);
        List<ModelAddress> theirs = baselines(ours);
        read.requireModels(1 + theirs.size());
        engine.apply();
        Path folder = out == null ? Path.of("runs", "evaluate-" + read.name()) : out;
        SuiteResult result = new SuiteJob(
                        file,
                        read,
                        ours,
                        theirs,
                        limit,
                        seed,
                        ratings.read(),
                        location -> open(ModelLocation.resolve(location)),
                        new JobFolder(folder))
                .run(err());
        if (json) {
            json(Json.map(result.figures()));
            return 0;
        }
        out().println(model + ", suite " + read.name()
                + (against.isEmpty() ? "" : ", beside " + String.join(", ", against)));
        out().print(SuiteTable.of(result));
        out().println("written to " + folder + ": report.html, evaluation.json, items.jsonl");
        return 0;
    }

    /** The baselines; several need names of their own, by which ratings tell models apart. */
    private List<ModelAddress> baselines(ModelAddress model) {
        Set<String> labels = new HashSet<>(against.size() > 1 ? Set.of(model.label()) : Set.of());
        for (String baseline : against) {
            if (!labels.add(baseline)) {
                throw BadInputException.at(
                        "--against", "'" + baseline + "' twice", "distinct models", "name each model once");
            }
        }
        return against.stream().<ModelAddress>map(ModelAddress.Local::new).toList();
    }

    private LocalTextModel open(Path directory) {
        return LocalTextModel.open(directory, conversations.options(), precision.storage(directory));
    }

    private int runWorld() {
        served.requireAbsent("the suites of the built-in world");
        ratings.requireAbsent("the suites of the built-in world");
        List<WorldPrompt> asked = asked();
        Path ours = ModelLocation.resolve(model);
        String baseline = onlyBaseline();
        Path theirs = baseline == null ? null : ModelLocation.resolve(baseline);
        engine.apply();
        List<Judged> judged = judge(model, ours, asked);
        WinRate wins = null;
        if (theirs != null) {
            wins = WinRate.of(quality(judged), quality(judge(String.valueOf(baseline), theirs, asked)), seed);
        }
        Map<String, Rate> rates = WorldEvaluation.report(judged).rates();
        rates.values().removeIf(rate -> rate.cases() == 0);
        if (json) {
            json(asJson(rates, wins));
        } else {
            print(rates, wins);
        }
        return 0;
    }

    private @Nullable String onlyBaseline() {
        if (against.size() > 1) {
            throw BadInputException.at(
                    "--against",
                    against.size() + " models",
                    "one with a suite of the built-in world",
                    "evaluate against one after the other");
        }
        return against.isEmpty() ? null : against.get(0);
    }

    private List<WorldPrompt> asked() {
        List<PromptKind> kinds =
                switch (suite) {
                    case "helpful" -> List.of(PromptKind.ANSWERABLE);
                    case "honest" -> List.of(PromptKind.UNANSWERABLE);
                    case "harmless" -> List.of(PromptKind.HARMFUL);
                    case "all" -> List.of(PromptKind.values());
                    default ->
                        throw BadInputException.at(
                                "--suite", "'" + suite + "'", "helpful, honest, harmless or all", "name one of these");
                };
        if (prompts < 1) {
            throw BadInputException.at("--prompts", Integer.toString(prompts), "at least 1", "change it");
        }
        Prompts source = new Prompts(World.standard());
        List<WorldPrompt> asked = new ArrayList<>();
        for (PromptKind kind : kinds) {
            asked.addAll(source.sample(WorldSplit.HELD_OUT, kind, prompts, seed));
        }
        return asked;
    }

    private List<Judged> judge(String name, Path directory, List<WorldPrompt> asked) {
        try (LocalTextModel text = open(directory);
                ProgressLine progress = ProgressLine.start(err(), "sampling " + name)) {
            List<String> completions = text
                    .complete(
                            asked.stream().map(WorldPrompt::toPrompt).toList(),
                            SamplingOptions.sampling(NEW_TOKENS, 1),
                            seed,
                            begun(progress, asked.size()))
                    .stream()
                    .map(TextCompletion::text)
                    .toList();
            return new WorldEvaluation(World.standard()).judge(asked, completions);
        }
    }

    /** Shows how many prompts have been started; prompts are completed in batches. */
    private static TokenListener begun(ProgressLine progress, int prompts) {
        progress.update(0, prompts, "");
        BitSet begun = new BitSet(prompts);
        return (row, token, logProb) -> {
            if (!begun.get(row)) {
                begun.set(row);
                progress.update(begun.cardinality(), prompts, "");
            }
        };
    }

    /** 1 for an answer that meets the whole guideline, else 0. */
    private static double[] quality(List<Judged> judged) {
        return judged.stream()
                .mapToDouble(one -> one.assessment().good() ? 1 : 0)
                .toArray();
    }

    private Map<String, Object> asJson(Map<String, Rate> rates, @Nullable WinRate wins) {
        Map<String, Object> values = new LinkedHashMap<>();
        rates.forEach((name, rate) -> {
            Map<String, Object> value = figure(rate.value(), rate.low(), rate.high());
            value.put("cases", rate.cases());
            values.put(name, value);
        });
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("suite", suite);
        result.put("rates", values);
        if (wins != null) {
            Interval interval = wins.rate().interval();
            Map<String, Object> rate = figure(wins.rate().value(), interval.low(), interval.high());
            rate.put("wins", wins.wins());
            rate.put("ties", wins.ties());
            rate.put("losses", wins.losses());
            result.put("win_rate", rate);
        }
        return result;
    }

    private static Map<String, Object> figure(double value, double low, double high) {
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("value", value);
        figure.put("low", low);
        figure.put("high", high);
        return figure;
    }

    private void print(Map<String, Rate> rates, @Nullable WinRate wins) {
        out().println(model + ", suite " + suite + ", seed " + seed);
        Table table = Table.of("", ">share", "95 % interval", ">cases");
        rates.forEach((name, rate) -> table.row(
                LABELS.getOrDefault(name, name),
                String.format(Locale.ROOT, "%.1f %%", 100 * rate.value()),
                String.format(Locale.ROOT, "%.1f to %.1f", 100 * rate.low(), 100 * rate.high()),
                rate.cases()));
        out().print(table);
        if (wins != null) {
            out().println("win rate against " + against.get(0) + ": "
                    + wins.rate().describe() + " (" + wins.wins() + " wins, " + wins.ties() + " ties, " + wins.losses()
                    + " losses)");
        }
    }
}
