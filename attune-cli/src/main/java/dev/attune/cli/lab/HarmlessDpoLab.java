package dev.attune.cli.lab;

import dev.attune.cli.process.Memory;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.run.RunFolder;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.dpo.DpoRecipe;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.preference.SequenceLogProbabilities;
import dev.attune.training.preference.TokenPair;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab hh-harmless-dpo}: DPO of an adapter on real preferences, judged on held-out pairs. */
@Command(
        name = "hh-harmless-dpo",
        description = {
            "Train the recipe hh-harmless-dpo, an adapter of SmolLM2-135M-Instruct, and measure on the validation file how often"
                    + " the chosen answer has the larger reward beta log(pi / pi_ref), and by how much.",
            "Baselines: the answer that the untrained model finds more probable, and the shorter answer."
        },
        footer = {"", "Example:", "  attune lab hh-harmless-dpo --evidence docs/evidence/hh-harmless-dpo.txt"})
final class HarmlessDpoLab extends LabCommand {
    /** What TRL reached with the same settings in 20 minutes, on other held-out pairs. */
    private static final double PEER = 0.576;

    private static final int MICRO = 8;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data/hh-harmless",
            description = "Directory of train.jsonl.gz and validation.jsonl.gz (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-hh-harmless-dpo",
            description = "Directory of the run (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Parameters(arity = "0..*", paramLabel = "key=value", description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    @Override
    void measure(Figures figures) throws IOException {
        List<String> settings = new ArrayList<>(List.of("data.path=" + data.resolve("train.jsonl.gz")));
        settings.addAll(changes);
        double minutes = LabRuns.timed(err(), "hh-harmless-dpo", out, seed, settings);
        long trainingPeak = Memory.peakBytes();
        DpoRecipe recipe = recipe();
        List<TokenPair> pairs = validation(recipe);
        double[] before = logProbabilities(Objects.requireNonNull(recipe.reference()), pairs);
        double[] after = logProbabilities(out.resolve("model").toString(), pairs);
        double beta = recipe.dpo().beta();
        double[] margins = each(pairs, i -> beta * (margin(after, i) - margin(before, i)));
        figures.add("held-out pairs", pairs.size(), Target.NONE);
        share(figures, "shorter answer", Target.NONE, each(pairs, i -> shorter(pairs.get(i))));
        share(figures, "more probable before training", Target.NONE, each(pairs, i -> margin(before, i)));
        share(figures, "reward accuracy", Target.atLeast(PEER), margins);
        Estimate margin = Bootstrap.mean(margins, 1);
        figures.add(
                "reward margin", margin.value(), Target.NONE, margin.interval().describe());
        figures.add(
                "steps",
                (double) RunFolder.open(out).metrics().lastStep(),
                Target.NONE,
                recipe.batch().rows() + " pairs each");
        figures.add("minutes to train", minutes, Target.NONE, LabRuns.describe(minutes));
        figures.add("peak memory of the training, GB", trainingPeak / 1e9, Target.under(3));
    }

    private DpoRecipe recipe() throws IOException {
        RecipeFile file = RecipeReader.read(out.resolve(RunDirectory.RECIPE), Map.of());
        return (DpoRecipe) ((RecipeFile.Single) file).recipe();
    }

    private List<TokenPair> validation(DpoRecipe recipe) throws IOException {
        try (Tokenizer tokenizer = Checkpoints.tokenizer(out.resolve("model"))) {
            LengthLimit limit = LengthLimit.of(recipe.run().dataOrFail(), tokenizer.bosId());
            SequenceEncoder encoder = SequenceEncoder.forCompletions(ConversationEncoder.of(tokenizer), limit);
            Dataset rows = Dataset.read(data.resolve("validation.jsonl.gz"), ReadOptions.defaults());
            return TokenPair.of(rows, recipe.run().dataOrFail().pairOptions(), encoder, err()::println);
        }
    }

    /** Of the chosen and the rejected answer of each pair, one behind the other. */
    private static double[] logProbabilities(String model, List<TokenPair> pairs) {
        try (CausalLm loaded = Checkpoints.loadCausal(Path.of(model))) {
            return SequenceLogProbabilities.sums(
                    loaded,
                    pairs.stream()
                            .flatMap(pair -> Stream.of(pair.chosen(), pair.rejected()))
                            .toList(),
                    MICRO);
        }
    }

    private static double margin(double[] sums, int pair) {
        return sums[2 * pair] - sums[2 * pair + 1];
    }

    private static double shorter(TokenPair pair) {
        return pair.rejected().targets() - pair.chosen().targets();
    }

    private static double[] each(List<TokenPair> pairs, IntToDoubleFunction value) {
        return IntStream.range(0, pairs.size()).mapToDouble(value).toArray();
    }

    /** The share of margins above 0. */
    private static void share(Figures figures, String name, Target target, double[] margins) {
        double[] right = IntStream.range(0, margins.length)
                .mapToDouble(i -> margins[i] > 0 ? 1 : 0)
                .toArray();
        Estimate share = Bootstrap.mean(right, 1);
        figures.add(name, share.value(), target, share.interval().describe());
    }
}
