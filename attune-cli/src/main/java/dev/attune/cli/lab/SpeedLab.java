package dev.attune.cli.lab;

import dev.attune.cli.BaseCommand;
import dev.attune.cli.Memory;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.optimizer.Schedule;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab speed}: one measurement of Attune for the comparison with transformers. */
@Command(
        name = "speed",
        description = {
            "Measure the tokens per second of a task on a randomly initialised Llama of 5 or 134 million parameters.",
            "attune-bench/peers/compare.py runs it and transformers alternately, and prints medians and ratios."
        },
        footer = {"", "Examples:", "  attune lab speed train 5m", "  attune lab speed sample 134m --json"})
final class SpeedLab extends BaseCommand {
    private static final int PROMPT = 32;

    /** Rows, tokens per row, counted steps. */
    private record Training(int rows, int length, int steps) {}

    /** Rows, new tokens per row. */
    private record Sampling(int rows, int newTokens) {}

    private record Size(ModelConfig config, Training training, Sampling sampling) {}

    @Parameters(
            index = "0",
            paramLabel = "TASK",
            description = "Task: train (forward, backward, gradient clipping, AdamW) or sample.")
    private String task;

    @Parameters(index = "1", paramLabel = "SIZE", description = "Model size, in parameters: 5m or 134m.")
    private String size;

    @Option(names = "--precision", paramLabel = "TYPE", description = "f32 (default) or bf16, also where it is slower.")
    private String precision = "f32";

    @Option(names = "--json", description = "Print {tokens_per_second, peak_bytes}.")
    private boolean json;

    @Override
    protected int run() {
        Size chosen = size();
        double rate;
        if (bfloat16() && task.equals("train")) {
            Engine.useProductPrecision(BfloatProducts.precision());
        }
        DType storage = bfloat16() && task.equals("sample") ? DType.BFLOAT16 : DType.FLOAT32;
        try (CausalLm model = CausalLm.create(chosen.config(), 7).storedAs(storage)) {
            rate = switch (task) {
                case "train" -> train(model, chosen.training());
                case "sample" -> sample(model, chosen.sampling());
                default ->
                    throw BadInputException.at("lab speed", "'" + task + "'", "train or sample", "name one of the two");
            };
        }
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("tokens_per_second", rate);
            line.put("peak_bytes", Memory.peakBytes());
            json(line);
        } else {
            out().printf("%s %s: %.0f tokens/s, peak memory %d MB%n", task, size, rate, Memory.peakBytes() / 1_000_000);
        }
        return 0;
    }

    private boolean bfloat16() {
        return switch (precision) {
            case "f32" -> false;
            case "bf16" -> true;
            default ->
                throw BadInputException.at("lab speed", "'" + precision + "'", "f32 or bf16", "name one of the two");
        };
    }

    private Size size() {
        return switch (size) {
            case "5m" -> new Size(llama(512, 256, 680, 6, 8), new Training(64, 128, 6), new Sampling(64, 96));
            case "134m" -> new Size(llama(32_000, 768, 2048, 12, 12), new Training(4, 256, 3), new Sampling(16, 48));
            default -> throw BadInputException.at("lab speed", "'" + size + "'", "5m or 134m", "name one of the two");
        };
    }

    private static ModelConfig llama(int vocabulary, int width, int mlp, int layers, int heads) {
        return ModelConfig.llama()
                .vocabularySize(vocabulary)
                .width(width)
                .mlpWidth(mlp)
                .layers(layers)
                .heads(heads)
                .tied(false)
                .build();
    }

    private static double train(CausalLm model, Training shape) {
        List<TokenDocument> documents = rows(
                        shape.rows(), shape.length(), model.config().vocabularySize())
                .stream()
                .map(TokenDocument::whole)
                .toList();
        OptimizerSettings optimizer =
                new OptimizerSettings(1e-4, 0.9, 0.999, 1e-8, 0.01, Schedule.Shape.CONSTANT, 0, 1.0);
        SftOptions options = new SftOptions(
                shape.steps() + 1,
                1,
                shape.rows(),
                shape.rows(),
                shape.length(),
                false,
                DataOrder.SEQUENTIAL,
                optimizer,
                7);
        try (SftTrainer trainer = new SftTrainer(model, documents, List.of(), options)) {
            trainer.step(1);
            long started = System.nanoTime();
            for (int step = 2; step <= trainer.steps(); step++) {
                trainer.step(step);
            }
            return rate((long) shape.rows() * shape.length() * shape.steps(), started);
        }
    }

    private static double sample(CausalLm model, Sampling shape) {
        List<int[]> prompts = rows(shape.rows(), PROMPT, model.config().vocabularySize());
        Generator generator = new Generator(model, Set.of(), ids -> "");
        generator.generate(prompts, SamplingOptions.sampling(4, 1), 1);
        long started = System.nanoTime();
        generator.generate(prompts, SamplingOptions.sampling(shape.newTokens(), 1), 1);
        return rate((long) shape.rows() * shape.newTokens(), started);
    }

    private static double rate(long tokens, long started) {
        return tokens / ((System.nanoTime() - started) / 1e9);
    }

    private static List<int[]> rows(int count, int length, int vocabulary) {
        SplittableRandom random = Randomness.of(7, "speed").stream();
        List<int[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(random.ints(length, 3, vocabulary).toArray());
        }
        return rows;
    }
}
