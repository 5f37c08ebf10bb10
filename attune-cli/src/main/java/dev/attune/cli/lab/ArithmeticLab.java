package dev.attune.cli.lab;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Wilson;
import dev.attune.core.text.Prompt;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.arithmetic.Demonstrator;
import dev.attune.world.arithmetic.Sum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab arithmetic}: GRPO with a verifiable reward on sums, before and after, on problems never trained on. */
@Command(
        name = "arithmetic",
        description = {
            "Train the recipe arithmetic with several seeds: a small model imitates sums of which a quarter is right, then"
                    + " GRPO learns from whether its answers are. Count right answers to held-out sums before and after it.",
            "A seed passes if the share of right samples rises from under 30 %% to over 90 %% within 20 minutes."
        },
        footer = {"", "Example:", "  attune lab arithmetic --evidence docs/evidence/arithmetic.txt"})
final class ArithmeticLab extends LabCommand {
    private static final int DEMONSTRATIONS = 120_000;
    private static final int NEW_TOKENS = 4;
    private static final double BEFORE = 0.3;
    private static final double AFTER = 0.9;
    private static final double MAX_MINUTES = 20;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-arithmetic",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of seeds, from 1 (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Parameters(arity = "0..*", paramLabel = "STAGE.key=value", description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    @Override
    void measure(Figures figures) throws IOException {
        Path problems = out.resolve("problems.jsonl");
        write(problems, Sum.training().stream().map(sum -> new Problem(sum.prompt(), sum.answer())));
        int passed = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            passed += passes(seed, problems, figures) ? 1 : 0;
        }
        figures.add("seeds that pass", passed, Target.atLeast(seeds));
    }

    private boolean passes(int seed, Path problems, Figures figures) throws IOException {
        Path run = out.resolve("seed-" + seed);
        double minutes = train(run, seed, problems);
        Estimate before = right(run.resolve("imitation"), 1);
        Estimate after = right(run.resolve("grpo"), 1);
        figures.add(
                "seed " + seed + ", before GRPO: right samples, %",
                100 * before.value(),
                Target.under(100 * BEFORE),
                note(before, right(run.resolve("imitation"), 0)));
        figures.add(
                "seed " + seed + ": right samples, %",
                100 * after.value(),
                Target.atLeast(100 * AFTER),
                note(after, right(run.resolve("grpo"), 0)) + "; " + LabRuns.describe(minutes));
        return before.value() < BEFORE && after.value() > AFTER && !(minutes > MAX_MINUTES);
    }

    private static String note(Estimate sampled, Estimate greedy) {
        return sampled.describe() + ", greedy " + greedy.describe();
    }

    /** Trains both stages; returns the minutes, NaN if the run was interrupted. */
    private double train(Path run, int seed, Path problems) throws IOException {
        Path demonstrations = out.resolve("demonstrations-" + seed + ".jsonl");
        write(demonstrations, demonstrations(seed));
        List<String> settings =
                new ArrayList<>(List.of("imitation.data.path=" + demonstrations, "grpo.data.path=" + problems));
        settings.addAll(changes);
        return LabRuns.timed(err(), "arithmetic", run, seed, settings);
    }

    private record Demonstration(String prompt, String completion) {}

    private record Problem(String prompt, int answer) {}

    private static Stream<Demonstration> demonstrations(long seed) {
        List<Sum> sums = Sum.training();
        Demonstrator demonstrator = new Demonstrator(seed);
        return IntStream.range(0, DEMONSTRATIONS)
                .mapToObj(i -> sums.get(i % sums.size()))
                .map(sum -> new Demonstration(sum.prompt(), String.valueOf(demonstrator.answer(sum))));
    }

    private static void write(Path file, Stream<?> rows) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.write(file, rows.map(row -> Json.line(row) + "\n").collect(Collectors.joining()));
    }

    /** The share of held-out sums whose answer is right, digit by digit. */
    private static Estimate right(Path stage, double temperature) {
        List<Sum> sums = Sum.heldOut();
        SamplingOptions options = temperature == 0
                ? SamplingOptions.greedy(NEW_TOKENS)
                : SamplingOptions.sampling(NEW_TOKENS, temperature);
        try (LocalTextModel model = LocalTextModel.open(stage.resolve("model"))) {
            List<Prompt> prompts =
                    sums.stream().map(sum -> Prompt.text(sum.prompt())).toList();
            var completions = model.complete(prompts, options, 1);
            int right = (int) IntStream.range(0, sums.size())
                    .filter(i -> completions
                            .get(i)
                            .text()
                            .equals(String.valueOf(sums.get(i).answer())))
                    .count();
            return Wilson.share(right, sums.size());
        }
    }
}
