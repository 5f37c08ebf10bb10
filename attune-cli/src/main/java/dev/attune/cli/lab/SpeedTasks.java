package dev.attune.cli.lab;

import dev.attune.cli.quickstart.BuiltInModel;
import dev.attune.core.io.Folders;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoTrainer;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The measured work of {@code attune lab speed}; attune-bench/peers/transformers_bench.py does the same. */
final class SpeedTasks {
    private static final int PROMPT = 32;
    private static final int ROLLOUTS = 64;
    private static final int ROLLOUT_TOKENS = 64;

    /** Counted batches of samples; one more before them is not. */
    private static final int SAMPLED = 3;

    /** Models above this many weights have fewer rows. */
    private static final long SMALL = 1L << 24;

    private final CausalLm model;
    private final boolean small;

    /** @param model trained by {@link #train()} and {@link #ppo()} */
    SpeedTasks(CausalLm model) {
        this.model = model;
        small = model.parameters().count() < SMALL;
    }

    /**
     * What the machine allows.
     *
     * @param gflops billions of operations a second of the model's products with a micro-batch, all cores together
     * @param flopsPerToken of the model's products, forward and backward
     * @param weightBytes read for each token of a single sequence
     */
    record Rates(double gflops, double gigabytesPerSecond, double flopsPerToken, double weightBytes) {}

    /** Trained tokens per second. */
    double train() {
        int rows = small ? 64 : 4;
        int length = small ? 128 : 256;
        int steps = small ? 6 : 3;
        List<TokenDocument> documents =
                rows(rows, length).stream().map(TokenDocument::whole).toList();
        OptimizerSettings optimizer =
                new OptimizerSettings(1e-4, 0.9, 0.999, 1e-8, 0.01, Schedule.Shape.CONSTANT, 0, 1.0);
        SftOptions options =
                new SftOptions(steps + 1, 1, rows, rows, length, false, DataOrder.SEQUENTIAL, optimizer, 7);
        try (SftTrainer trainer = new SftTrainer(model, documents, List.of(), options)) {
            trainer.step(1);
            long started = System.nanoTime();
            for (int step = 2; step <= trainer.steps(); step++) {
                trainer.step(step);
            }
            return rate((long) rows * length * steps, started);
        }
    }

    /**
     * New tokens per second, after prompts of 32.
     *
     * @param wanted number of rows; 0 for the usual one
     */
    double sample(int wanted) {
        int rows = wanted > 0 ? wanted : small ? 64 : 16;
        int newTokens = small ? 96 : 48;
        List<int[]> prompts = rows(rows, PROMPT);
        SamplingOptions options = SamplingOptions.sampling(newTokens, 1);
        if (!Generator.gainsFromBlocks(model)) {
            return sample(model, prompts, options);
        }
        try (CausalLm blocked = model.inBlocks()) {
            return sample(blocked, prompts, options);
        }
    }

    private static double sample(CausalLm model, List<int[]> prompts, SamplingOptions options) {
        Generator generator = new Generator(model, Set.of(), ids -> "");
        generator.generate(prompts, options, 1);
        long started = System.nanoTime();
        for (int i = 0; i < SAMPLED; i++) {
            generator.generate(prompts, options, 1);
        }
        return rate((long) prompts.size() * options.maxNewTokens() * SAMPLED, started);
    }

    /** Tokens per second that a reward model of this size reads. */
    double score() {
        int rows = small ? 256 : 16;
        int length = small ? 128 : 256;
        List<RewardSequence> sequences = rows(rows, length).stream()
                .map(tokens -> new RewardSequence(tokens, 0))
                .toList();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                RewardModel scorer = RewardModel.fromBackbone(
                                model, Tensor.ones(1, model.config().width()))
                        .storedAs(model.parameters().dtype())) {
            score(scorer, sequences.subList(0, rows / 4));
            long started = System.nanoTime();
            score(scorer, sequences);
            return rate((long) rows * length, started);
        }
    }

    private static void score(RewardModel scorer, List<RewardSequence> sequences) {
        List<List<Integer>> plan = MicroBatches.planForWorkers(sequences, 64, RewardSequence::length);
        Workers.mapEach(plan, micro -> {
            try (Scope scope = Scope.open()) {
                return scorer.scores(MicroBatches.pick(sequences, micro)).toFloats();
            }
        });
    }

    /** Sampled tokens per second of whole PPO steps: sampling, scoring, 4 epochs of updates. */
    double ppo() throws IOException {
        Path directory = unpacked();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(directory);
                PpoTrainer trainer = PpoTrainer.builder(model, tokenizer)
                        .prompts(IntStream.range(0, 2 * ROLLOUTS)
                                .mapToObj(i -> Prompt.text("what is the price of item number " + i + " in the list?"))
                                .toList())
                        .reward(new Lengths())
                        .options(PpoOptions.defaults()
                                .withSteps(4, ROLLOUTS)
                                .withMicro(ROLLOUTS)
                                .withGeneration(GenerationSettings.of(ROLLOUT_TOKENS, 1)))
                        .build()) {
            trainer.step(1);
            long started = System.nanoTime();
            for (int step = 2; step <= trainer.steps(); step++) {
                trainer.step(step);
            }
            return rate((long) (trainer.steps() - 1) * ROLLOUTS * ROLLOUT_TOKENS, started);
        } finally {
            Folders.delete(directory);
        }
    }

    /** The built-in model's directory, for its tokenizer. */
    private static Path unpacked() throws IOException {
        Path directory = Files.createTempDirectory("attune-speed");
        BuiltInModel.unpack(directory);
        return directory;
    }

    /** A reward that costs nothing to compute. */
    private static final class Lengths implements RewardFunction {
        @Override
        public String name() {
            return "length";
        }

        @Override
        public double[] score(List<PromptCompletion> batch) {
            return batch.stream()
                    .mapToDouble(sample -> sample.completion().length() / 100.0)
                    .toArray();
        }
    }

    /** Measures products and memory. */
    Rates rates() {
        ModelConfig config = model.config();
        double perLayer = (double) config.width()
                        * (config.attention().heads() + 2 * config.attention().kvHeads())
                        * config.attention().headDim()
                + (double) config.attention().heads() * config.attention().headDim() * config.width()
                + 3.0 * config.width() * config.mlp().width();
        double weights = perLayer * config.layers() + (double) config.width() * config.vocabularySize();
        return new Rates(productRate(), readRate(), 6 * weights, 4 * weights);
    }

    /** The three products of training with a gated block's weights, on every worker at once. */
    private double productRate() {
        int tokens = small ? 1024 : 512;
        int width = model.config().width();
        int inner = model.config().mlp().width();
        int repetitions = Math.max(1, (int) (4e9 / (2.0 * tokens * width * inner)));
        double best = 0;
        for (int i = 0; i < 5; i++) {
            long started = System.nanoTime();
            Workers.run(Workers.count(), worker -> {
                try (Scope scope = Scope.open();
                        NoGrad off = NoGrad.on()) {
                    Tensor x = Tensor.ones(tokens, width);
                    Tensor weight = Tensor.ones(width, inner);
                    Tensor slope = Tensor.ones(tokens, inner);
                    for (int r = 0; r < repetitions; r++) {
                        x.matmul(weight).close();
                        slope.matmul(weight.transpose(0, 1)).close();
                        x.transpose(0, 1).matmul(slope).close();
                    }
                }
            });
            double operations = 6.0 * tokens * width * inner * repetitions * Workers.count();
            best = Math.max(best, operations / (System.nanoTime() - started));
        }
        return best;
    }

    /** Gigabytes a second of reading weights that no cache holds, on every worker at once. */
    private static double readRate() {
        long count = 1L << 26;
        double best = 0;
        try (Scope all = Scope.open();
                NoGrad off = NoGrad.on()) {
            List<Tensor> weights = IntStream.range(0, Workers.count())
                    .mapToObj(worker -> Tensor.ones(count))
                    .toList();
            for (int i = 0; i < 5; i++) {
                long started = System.nanoTime();
                Workers.run(weights.size(), worker -> {
                    try (Scope scope = Scope.open()) {
                        weights.get(worker).sum().item();
                    }
                });
                best = Math.max(best, 4.0 * count * weights.size() / (System.nanoTime() - started));
            }
        }
        return best;
    }

    private static double rate(long tokens, long started) {
        return tokens / ((System.nanoTime() - started) / 1e9);
    }

    private List<int[]> rows(int count, int length) {
        int vocabulary = model.config().vocabularySize();
        SplittableRandom random = Randomness.of(7, "speed").stream();
        List<int[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(random.ints(length, 3, vocabulary).toArray());
        }
        return rows;
    }
}
