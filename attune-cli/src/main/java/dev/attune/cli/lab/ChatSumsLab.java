package dev.attune.cli.lab;

import dev.attune.cli.process.Memory;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.reward.verify.NumericAnswerReward;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.local.LocalTextModel;
import dev.attune.world.arithmetic.Sum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab smollm2-sums}: GRPO of an adapter of a real chat model, on sums that a rule checks. */
@Command(
        name = "smollm2-sums",
        description = {
            "Train the recipe smollm2-sums, an adapter of SmolLM2-135M-Instruct, on sums of two numbers from 1 to 20, and"
                    + " count right answers to sums that were held out in both orders, before and after.",
            "A sum is right if the last number of the answer is."
        },
        footer = {"", "Example:", "  attune lab smollm2-sums --evidence docs/evidence/smollm2-sums.txt"})
final class ChatSumsLab extends LabCommand {
    private static final int LARGEST = 20;

    /** One unordered pair of numbers in this many is held out. */
    private static final int HELD_OUT = 4;

    private static final int SAMPLES = 4;

    /** What TRL reached with the same settings in 15 minutes, on sums of which it may have seen the other order. */
    private static final double PEER_GREEDY = 0.71;

    private static final double PEER_SAMPLED = 0.695;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "runs/smollm2",
            description = "The unpacked checkpoint (default: ${DEFAULT-VALUE}).")
    private Path start;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-smollm2-sums",
            description = "Directory of the run (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Parameters(arity = "0..*", paramLabel = "key=value", description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    /** A row of the data. */
    private record Problem(List<Message> prompt, int answer) {
        static Problem of(Sum sum) {
            String question = "What is " + sum.first() + " + " + sum.second() + "? Answer with the number only.";
            return new Problem(List.of(Message.user(question)), sum.answer());
        }

        PromptCompletion answered(String completion) {
            return new PromptCompletion(new Prompt.Chat(prompt), completion, Map.of("answer", answer));
        }
    }

    @Override
    void measure(Figures figures) throws IOException {
        Path problems = out.resolveSibling(out.getFileName() + "-problems.jsonl");
        write(problems, problems(false));
        List<String> settings = new ArrayList<>(List.of("model=" + start, "data.path=" + problems));
        settings.addAll(changes);
        double minutes = LabRuns.timed(err(), "smollm2-sums", out, seed, settings);
        double peak = Memory.peakBytes() / 1e9;
        List<Problem> heldOut = problems(true);
        figures.add("held-out sums", heldOut.size(), Target.NONE);
        add(figures, "greedy before", start, heldOut, 0, Target.NONE);
        add(figures, "at temperature 1 before", start, heldOut, 1, Target.NONE);
        Path trained = out.resolve("model");
        add(figures, "greedy after", trained, heldOut, 0, Target.atLeast(PEER_GREEDY));
        add(figures, "at temperature 1 after", trained, heldOut, 1, Target.atLeast(PEER_SAMPLED));
        figures.add("minutes to train", minutes, Target.NONE, LabRuns.describe(minutes));
        figures.add("peak memory of the training, GB", peak, Target.under(3));
    }

    /** The sums of the held-out pairs of numbers, or of all others, in both orders. */
    private static List<Problem> problems(boolean heldOut) {
        List<Sum> pairs = new ArrayList<>(IntStream.rangeClosed(1, LARGEST)
                .boxed()
                .flatMap(a -> IntStream.rangeClosed(a, LARGEST).mapToObj(b -> new Sum(a, b)))
                .toList());
        Collections.shuffle(pairs, new Random(LARGEST));
        int cut = pairs.size() / HELD_OUT;
        List<Sum> chosen = heldOut ? pairs.subList(0, cut) : pairs.subList(cut, pairs.size());
        return chosen.stream()
                .flatMap(sum -> IntStream.range(0, sum.first() == sum.second() ? 1 : 2)
                        .mapToObj(order ->
                                order == 0 ? sum : new Sum(/* first= */ sum.second(), /* second= */ sum.first())))
                .map(Problem::of)
                .toList();
    }

    private static void write(Path file, List<Problem> rows) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFiles.write(file, rows.stream().map(row -> Json.line(row) + "\n").collect(Collectors.joining()));
    }

    private void add(
            Figures figures, String name, Path model, List<Problem> problems, double temperature, Target target) {
        Estimate right = Bootstrap.mean(right(model, problems, temperature), 1);
        figures.add(name, right.value(), target, right.interval().describe());
    }

    /** For each problem the share of right answers; one answer if they are greedy. */
    private double[] right(Path directory, List<Problem> problems, double temperature) {
        int each = temperature == 0 ? 1 : SAMPLES;
        NumericAnswerReward rule = new NumericAnswerReward("answer");
        try (LocalTextModel model = LocalTextModel.open(directory)) {
            List<Prompt> prompts = problems.stream()
                    .flatMap(problem -> Collections.nCopies(each, (Prompt) new Prompt.Chat(problem.prompt())).stream())
                    .toList();
            var answers = model.complete(prompts, SamplingOptions.sampling(12, temperature), seed);
            return IntStream.range(0, problems.size())
                    .mapToDouble(i -> answers.subList(i * each, (i + 1) * each).stream()
                            .mapToDouble(answer -> rule.judge(problems.get(i).answered(answer.text()))
                                    .value())
                            .average()
                            .orElseThrow())
                    .toArray();
        }
    }
}
