package dev.attune.cli.lab;

import dev.attune.cli.lab.constitutional.Talks;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The critic and judge of the built-in world: a language model that learns from talks about answers alone, in which the
 * held-out kinds of harm do not occur. It has the tokenizer of the built-in model, and none of its weights.
 *
 * @param talks of the text, each of which is read once
 */
record CriticModel(int width, int layers, int talks, long seed) {
    private static final int HEAD = 32;
    private static final int CONTEXT = 320;

    /** Of the talks that are read first, half compare; of those read then, nearly all, because a judge is slow to learn. */
    private static final double FIRST_COMPARISONS = 0.5;

    private static final double THEN_COMPARISONS = 0.85;

    private static final String RECIPE = """
            # The critic reads talks about answers.
            method: sft
            model: "%s"
            data: {path: "%s", format: messages, max_length: 320}
            batch: {rows: 32, micro: 32}
            loss_on: all
            epochs: 1
            optimizer: {learning_rate: %s, beta2: 0.95, weight_decay: 0.1, schedule: cosine, warm_up: %d, max_grad_norm: 1.0}
            evaluate: {every: 0, split: 0.01}
            checkpoint: {every: 200, keep: 1}
            seed: %d
            """;

    /** Pretrains the model, unless it is there; returns its directory. */
    Path pretrain(PrintWriter err, Path builtIn, Path folder) throws IOException {
        Path blank = folder.resolve("blank");
        if (!Files.exists(blank)) {
            createBlank(builtIn, blank);
        }
        Path first = folder.resolve("talks.jsonl");
        if (!Files.exists(first)) {
            Talks.write(first, talks, FIRST_COMPARISONS, seed);
            Talks.write(folder.resolve("comparisons.jsonl"), talks / 3, THEN_COMPARISONS, seed + 1);
        }
        Path reader = train(err, folder, "read", RECIPE.formatted(blank, first, "2.5e-3", 100, seed));
        return train(
                err,
                folder,
                "compare",
                RECIPE.formatted(reader, folder.resolve("comparisons.jsonl"), "1.5e-3", 20, seed + 1));
    }

    private static Path train(PrintWriter err, Path folder, String name, String recipe) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        AtomicFiles.write(file, recipe);
        return LabRuns.train(err, List.of(file.toString(), "out=" + folder.resolve(name)))
                .resolve("model");
    }

    private void createBlank(Path builtIn, Path blank) {
        try (Tokenizer tokenizer = Checkpoints.tokenizer(builtIn);
                CausalLm model = CausalLm.create(config(Checkpoints.config(builtIn)), seed)) {
            Checkpoints.saveCausal(blank, model, tokenizer, DType.FLOAT32);
        }
    }

    private ModelConfig config(ModelConfig builtIn) {
        return ModelConfig.llama()
                .vocabularySize(builtIn.vocabularySize())
                .width(width)
                .mlpWidth(width * 11 / 4)
                .layers(layers)
                .heads(width / HEAD)
                .maxPositions(CONTEXT)
                .tokens(null, CorpusRows.SPECIAL.indexOf(CorpusRows.END), CorpusRows.SPECIAL.indexOf(CorpusRows.PAD))
                .build();
    }
}
