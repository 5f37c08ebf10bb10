package dev.attune.cli.lab;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.process.Memory;
import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.tensor.BfloatProducts;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.transformer.CausalLm;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune lab speed}: one measurement of Attune for the comparison with transformers. */
@Command(
        name = "speed",
        description = {
            "Measure the tokens per second of a task on a randomly initialised Llama of 5 or 134 million parameters, or on a"
                    + " stored model.",
            "attune-bench/peers/compare.py runs it and its peers alternately, and prints medians and ratios."
        },
        footer = {
            "",
            "Examples:",
            "  attune lab speed train 5m",
            "  attune lab speed sample 134m --json",
            "  attune lab speed sample runs/smollm2 --rows 1"
        })
final class SpeedLab extends BaseCommand {
    /** The built-in model's tokenizer, which PPO needs, has more words than the other tasks use. */
    private static final int PPO_WORDS = 3072;

    @Parameters(
            index = "0",
            paramLabel = "TASK",
            description =
                    "Task: train (forward, backward, gradient clipping, AdamW), sample, score (a reward model's forward"
                            + " pass), ppo (a step of 64 completions of 64 tokens, 4 epochs, a critic of its own), or rates (of the"
                            + " model's matrix products, and of memory).")
    private String task;

    @Parameters(
            index = "1",
            paramLabel = "SIZE",
            description = "Model size, in parameters: 5m or 134m; or the directory of a model.")
    private String size;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "Precision: f32 (default) or bf16, also where it is slower.")
    private String precision = "f32";

    @Option(names = "--rows", paramLabel = "N", description = "Number of rows to sample (default: 64, 134m: 16).")
    private int rows;

    @Option(names = "--json", description = "Print {tokens_per_second, peak_bytes}, or {gflops, gigabytes_per_second}.")
    private boolean json;

    @Override
    protected int run() throws Exception {
        boolean trains = task.equals("train") || task.equals("ppo");
        if (bfloat16() && trains) {
            Engine.useProductPrecision(BfloatProducts.precision());
        }
        DType storage = bfloat16() && !trains ? DType.BFLOAT16 : DType.FLOAT32;
        try (CausalLm model = model().storedAs(storage)) {
            SpeedTasks tasks = new SpeedTasks(model);
            switch (task) {
                case "train" -> print(tasks.train());
                case "sample" -> print(tasks.sample(rows));
                case "score" -> print(tasks.score());
                case "ppo" -> print(tasks.ppo());
                case "rates" -> print(tasks.rates());
                default ->
                    throw BadInputException.at(
                            "lab speed", "'" + task + "'", "train, sample, score, ppo or rates", "name one of them");
            }
        }
        return 0;
    }

    private CausalLm model() {
        return switch (size) {
            case "5m" -> CausalLm.create(llama(task.equals("ppo") ? PPO_WORDS : 512, 256, 680, 6, 8), 7);
            case "134m" -> CausalLm.create(llama(32_000, 768, 2048, 12, 12), 7);
            default -> Checkpoints.loadCausal(ModelLocation.resolve(size));
        };
    }

    private void print(double rate) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("tokens_per_second", rate);
            line.put("peak_bytes", Memory.peakBytes());
            json(line);
        } else {
            out().printf("%s %s: %.0f tokens/s, peak memory %d MB%n", task, size, rate, Memory.peakBytes() / 1_000_000);
        }
    }

    private void print(SpeedTasks.Rates rates) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("gflops", rates.gflops());
            line.put("gigabytes_per_second", rates.gigabytesPerSecond());
            line.put("flops_per_token", rates.flopsPerToken());
            line.put("weight_bytes", rates.weightBytes());
            json(line);
        } else {
            out().printf(
                            "products of %s on all cores: %.0f GFLOP/s in training; memory: %.1f GB/s%n",
                            size, rates.gflops(), rates.gigabytesPerSecond());
        }
    }

    private boolean bfloat16() {
        return switch (precision) {
            case "f32" -> false;
            case "bf16" -> true;
            default ->
                throw BadInputException.at("lab speed", "'" + precision + "'", "f32 or bf16", "name one of the two");
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
}
