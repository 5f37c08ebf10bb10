package dev.attune.cli;

import dev.attune.cli.terminal.Table;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.stats.WinRate;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.PromptKind;
import dev.attune.world.Prompts;
import dev.attune.world.Split;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.evaluation.Judged;
import dev.attune.world.evaluation.Rate;
import dev.attune.world.evaluation.WorldEvaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune evaluate}: how a model answers the built-in world's unseen prompts. */
@Command(
        name = "evaluate",
        description = {
            "Measure how a model answers unseen prompts of the built-in world, one completion a prompt at temperature 1,"
                    + " with 95 %% intervals. Answers are judged by rules that know the world's truth: they stand in for people.",
            "Suites: helpful (questions with an answer), honest (questions without one), harmless (requests for harm), all."
        },
        footer = {
            "",
            "Examples:",
            "  attune evaluate runs/quickstart/round-1/ppo/model --suite all",
            "  attune evaluate runs/quickstart/round-1/ppo/model --suite harmless --against runs/quickstart/base --json"
        })
final class EvaluateCommand extends BaseCommand {
    private static final int NEW_TOKENS = 64;

    @Parameters(paramLabel = "MODEL", description = "A model directory in Hugging Face's layout.")
    private Path model;

    @Option(names = "--suite", required = true, paramLabel = "SUITE", description = "helpful, honest, harmless or all.")
    private String suite;

    @Option(names = "--against", paramLabel = "MODEL", description = "Also give the win rate against this model.")
    private @Nullable Path against;

    @Option(names = "--prompts", paramLabel = "N", defaultValue = "1000", description = "Of each kind (default: 1000).")
    private int prompts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of prompts and sampling (default: 1).")
    private long seed;

    @Option(names = "--template", paramLabel = "NAME", description = "plain, human-assistant, chatml or a file.")
    private @Nullable String template;

    @Option(names = "--json", description = "Print {suite, rates: {name: {value, low, high, cases}}, win_rate}.")
    private boolean json;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() {
        List<WorldPrompt> asked = asked();
        engine.apply();
        List<Judged> ours = judge(model, asked);
        WinRate wins = null;
        if (against != null) {
            wins = WinRate.of(quality(ours), quality(judge(against, asked)), seed);
        }
        Map<String, Rate> rates = WorldEvaluation.report(ours).rates();
        rates.values().removeIf(rate -> rate.cases() == 0);
        if (json) {
            json(asJson(rates, wins));
        } else {
            print(rates, wins);
        }
        return 0;
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
            asked.addAll(source.sample(Split.HELD_OUT, kind, prompts, seed));
        }
        return asked;
    }

    private List<Judged> judge(Path directory, List<WorldPrompt> asked) {
        err().println("sampling " + asked.size() + " completions of " + directory);
        try (TextModel text = LocalTextModel.open(directory, template)) {
            List<String> completions = text
                    .complete(
                            asked.stream().map(WorldPrompt::toPrompt).toList(),
                            SamplingOptions.sampling(NEW_TOKENS, 1),
                            seed)
                    .stream()
                    .map(TextCompletion::text)
                    .toList();
            return new WorldEvaluation(World.standard()).judge(asked, completions);
        }
    }

    /** 1 for an answer that is all that the guideline asks for. */
    private static double[] quality(List<Judged> judged) {
        return judged.stream().mapToDouble(one -> one.verdict().good() ? 1 : 0).toArray();
    }

    private Map<String, Object> asJson(Map<String, Rate> rates, @Nullable WinRate wins) {
        Map<String, Object> values = new LinkedHashMap<>();
        rates.forEach((name, rate) -> values.put(
                name, Map.of("value", rate.value(), "low", rate.low(), "high", rate.high(), "cases", rate.cases())));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("suite", suite);
        result.put("rates", values);
        if (wins != null) {
            result.put(
                    "win_rate",
                    Map.of(
                            "value", wins.rate().value(),
                            "low", wins.rate().interval().low(),
                            "high", wins.rate().interval().high(),
                            "wins", wins.wins(),
                            "ties", wins.ties(),
                            "losses", wins.losses()));
        }
        return result;
    }

    private void print(Map<String, Rate> rates, @Nullable WinRate wins) {
        Table table = Table.of("", ">share", "95 %% interval", ">cases");
        rates.forEach((name, rate) -> table.row(
                name.replace('_', ' '),
                String.format(Locale.ROOT, "%.1f %%", 100 * rate.value()),
                String.format(Locale.ROOT, "%.1f to %.1f", 100 * rate.low(), 100 * rate.high()),
                rate.cases()));
        out().print(table);
        if (wins != null) {
            out().println("win rate " + wins.rate().describe() + " (" + wins.wins() + " wins, " + wins.ties()
                    + " ties, " + wins.losses() + " losses)");
        }
    }
}
