package dev.attune.cli.lab;

import dev.attune.cli.quickstart.BuiltInModel;
import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a reward model's backbone.
 *
 * @param name {@code built-in}, or {@code WIDTHxLAYERS}
 * @param width hidden size, a multiple of 16; 0 for the built-in model
 * @param layers number of layers; 0 for the built-in model
 */
record ProxySize(String name, int width, int layers) {
    private static final String BUILT_IN = "built-in";
    private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d?)");
    private static final int HEAD = 16;
    private static final int ROWS = 32;
    private static final int CONTEXT = 256;
    private static final double LEARNING_RATE = 4e-3;
    private static final int WARM_UP = 50;

    /** @throws BadInputException if the name is none of a size */
    static ProxySize of(String name) {
        if (name.equals(BUILT_IN)) {
            return new ProxySize(name, 0, 0);
        }
        Matcher shape = SHAPE.matcher(name);
        if (!shape.matches() || Integer.parseInt(shape.group(1)) % HEAD != 0) {
            throw BadInputException.at(
                    "--sizes",
                    "'" + name + "'",
                    "built-in, or WIDTHxLAYERS with a width that is a multiple of " + HEAD,
                    "write for example 32x1");
        }
        return new ProxySize(name, Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
    }

    /**
     * The backbone as a model directory: the built-in model, or a model of this shape pretrained on the world's corpus with
     * the built-in model's tokenizer. One that exists stays as it is.
     *
     * @param steps of pretraining, of 32 documents each
     */
    Path backbone(PrintWriter err, Path folder, int steps, long seed) {
        Path directory = folder.resolve(name);
        if (name.equals(BUILT_IN)) {
            BuiltInModel.unpack(directory);
        } else if (!Files.exists(directory)) {
            Path builtIn = of(BUILT_IN).backbone(err, folder, 0, seed);
            try (Tokenizer tokenizer = Checkpoints.tokenizer(builtIn);
                    CausalLm model = CausalLm.create(config(Checkpoints.config(builtIn)), seed)) {
                pretrain(err, model, tokenizer, steps, seed);
                Checkpoints.saveCausal(directory, model, tokenizer, DType.FLOAT32);
            }
        }
        return directory;
    }

    private ModelConfig config(ModelConfig builtIn) {
        return ModelConfig.llama()
                .vocabularySize(builtIn.vocabularySize())
                .width(width)
                .mlpWidth(3 * width)
                .layers(layers)
                .heads(width / HEAD)
                .maxPositions(CONTEXT)
                .tokens(null, CorpusRows.SPECIAL.indexOf(CorpusRows.END), CorpusRows.SPECIAL.indexOf(CorpusRows.PAD))
                .build();
    }

    private void pretrain(PrintWriter err, CausalLm model, Tokenizer tokenizer, int steps, long seed) {
        Pretraining.Settings settings = new Pretraining.Settings(ROWS, ROWS, LEARNING_RATE, WARM_UP);
        try (Pretraining training = new Pretraining(model, new CorpusRows(tokenizer, CONTEXT, seed), settings);
                ProgressLine progress = ProgressLine.start(err, "pretrain " + name)) {
            for (int number = 1; number <= steps; number++) {
                Pretraining.Step step = training.next(steps);
                progress.update(number, steps, String.format(Locale.ROOT, "loss %.3f", step.loss()));
            }
        }
    }

    /** Number of weights of a model directory's language model. */
    static long parameters(Path backbone) {
        try (CausalLm model = Checkpoints.loadCausal(backbone)) {
            return model.parameters().count();
        }
    }
}
