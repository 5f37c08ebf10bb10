package dev.attune.bench;

import dev.attune.cli.process.Memory;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.model.transformer.WeightStorage;
import dev.attune.training.batch.StateChunks;
import dev.attune.training.losses.CrossEntropy;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The peak memory and the time of a training step with and without an adapter, for the table in docs/lora.md. Prints a
 * line of JSON.
 */
public final class AdapterMemory {
    private static final OptimizerSettings OPTIMIZER =
            new OptimizerSettings(1e-5, 0.9, 0.999, 1e-8, 0, Schedule.Shape.CONSTANT, 0, 1.0);

    private AdapterMemory() {}

    /**
     * Arguments: a model's directory; full, lora, lora-bf16 or lora-int8; the number of tokens of the row; and
     * "checkpoint" if layers are computed twice.
     */
    public static void main(String[] arguments) {
        String mode = arguments[1];
        int tokens = Integer.parseInt(arguments[2]);
        boolean checkpointing = arguments.length > 3 && arguments[3].equals("checkpoint");
        try (CausalLm base = Checkpoints.loadCausal(Path.of(arguments[0]), storage(mode));
                CausalLm model = mode.equals("full")
                        ? base
                        : CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), AdapterSpec.of(16), 1));
                AdamW optimizer = new AdamW(model.parameters(), OPTIMIZER)) {
            model.useCheckpointing(checkpointing);
            double loss = 0;
            long started = System.nanoTime();
            for (int step = 1; step <= 2; step++) {
                started = System.nanoTime();
                loss = step(model, tokens);
                optimizer.step(step, 1e-5);
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"mode\": \"%s\", \"tokens\": %d, \"checkpointing\": %b, \"base_mb\": %d, \"trained\": %d,"
                            + " \"peak_mb\": %d, \"seconds\": %.1f, \"loss\": %.6f}%n",
                    mode,
                    tokens,
                    checkpointing,
                    base.parameters().bytes() >> 20,
                    model.parameters().trained().count(),
                    Memory.peakBytes() >> 20,
                    (System.nanoTime() - started) / 1e9,
                    loss);
        }
    }

    private static WeightStorage storage(String mode) {
        return switch (mode) {
            case "full", "lora" -> WeightStorage.trainable();
            case "lora-bf16" -> WeightStorage.frozen(DType.BFLOAT16);
            case "lora-int8" -> WeightStorage.frozen(DType.INT8);
            default -> throw new IllegalArgumentException(mode);
        };
    }

    private static double step(CausalLm model, int tokens) {
        int vocabulary = model.config().vocabularySize();
        int[] row = IntStream.range(0, tokens)
                .map(i -> (int) (i * 7919L % vocabulary))
                .toArray();
        try (Scope scope = Scope.open()) {
            Tensor hidden =
                    model.hidden(TokenBatch.rightPadded(List.of(row), 0)).select(0, 0);
            Tensor targets = Tensor.of(row, tokens).roll(-1, 0);
            return StateChunks.backward(hidden, vocabulary, null, (part, from, count) -> CrossEntropy.sum(
                            model.head(part), targets.narrow(0, from, count))
                    .dividedBy((double) tokens));
        }
    }
}
