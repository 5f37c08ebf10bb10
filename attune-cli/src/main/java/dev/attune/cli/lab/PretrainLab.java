package dev.attune.cli.lab;

import dev.attune.cli.terminal.ProgressLine;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.world.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab pretrain}: pretrains the built-in base model on the world's corpus. */
@Command(
        name = "pretrain",
        description = {
            "Pretrain the base model of the quickstart: a byte-level BPE tokenizer and a Llama from scratch, on the built-in"
                    + " world's corpus, which mixes good answers with rude, harmful and made-up ones.",
            "The defaults give the built-in model."
        },
        footer = {"", "Example:", "  attune lab pretrain --out runs/base"})
final class PretrainLab extends LabCommand {
    private static final int TOKENIZER_DOCUMENTS = 20_000;
    private static final int WARM_UP = 100;
    private static final double SAVE_EVERY_SECONDS = 300;

    private static final double MILLION = 1e6;
    private static final String MODEL = "model";
    private static final String TOKENIZER = "tokenizer";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Output directory for model/, tokenizer/ and pretraining.jsonl.")
    private Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10602",
            description = "Number of training steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--vocab",
            paramLabel = "N",
            defaultValue = "3072",
            description = "Vocabulary size, in tokens (default: ${DEFAULT-VALUE}).")
    private int vocabulary;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "160",
            description = "Hidden size (default: ${DEFAULT-VALUE}).")
    private int width;

    @Option(
            names = "--mlp",
            paramLabel = "N",
            defaultValue = "432",
            description = "Hidden size of the MLP (default: ${DEFAULT-VALUE}).")
    private int mlp;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of layers (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--heads",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of attention heads (default: ${DEFAULT-VALUE}).")
    private int heads;

    @Option(
            names = "--context",
            paramLabel = "N",
            defaultValue = "256",
            description = "Context length, in tokens (default: ${DEFAULT-VALUE}).")
    private int context;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "32",
            description = "Batch size of a step, in documents (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--micro",
            paramLabel = "N",
            defaultValue = "32",
            description = "Micro-batch size, in documents (default: ${DEFAULT-VALUE}).")
    private int micro;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "2.5e-3",
            description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of held-out prompts of each kind for the evaluation (default: ${DEFAULT-VALUE}).")
    private int prompts;

    /** Tokens trained on so far. */
    private long seen;

    @Override
    void measure(Figures figures) throws IOException {
        if (Files.exists(out.resolve(MODEL))) {
            throw BadInputException.at(out.toString(), "a finished model", "an empty directory", "name another --out");
        }
        long started = System.nanoTime();
        trainTokenizer();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(out.resolve(TOKENIZER));
                CausalLm model = CausalLm.create(config(), seed)) {
            double loss = train(model, tokenizer);
            double size = Files.size(out.resolve(MODEL).resolve("model.safetensors")) / MILLION;
            figures.add("parameters, millions", model.parameters().count() / MILLION, Target.between(1, 5.2))
                    .add("weights, MB", size, Target.atMost(10))
                    .add("minutes", (System.nanoTime() - started) / 60e9, Target.atMost(60))
                    .add("tokens seen, millions", seen / MILLION, Target.NONE)
                    .add("loss, nats per token", loss, Target.NONE, "mean of the last 50 steps");
            new BaseModelFigures(prompts, seed).measure(model, tokenizer, figures);
        }
    }

    private void trainTokenizer() {
        err().println("training the tokenizer on " + TOKENIZER_DOCUMENTS + " documents");
        Stream<String> texts =
                Corpus.standard().stream(seed + 1).limit(TOKENIZER_DOCUMENTS).map(CorpusRows::text);
        BpeVocabulary learned = new BpeTrainer(vocabulary)
                .specialTokens(CorpusRows.SPECIAL)
                .prefixSpace(true)
                .train(texts);
        learned.save(
                out.resolve(TOKENIZER),
                new BpeVocabulary.Roles(null, CorpusRows.END, CorpusRows.PAD, context, CorpusRows.CHAT_TEMPLATE));
    }

    private ModelConfig config() {
        return ModelConfig.llama()
                .vocabularySize(vocabulary)
                .width(width)
                .mlpWidth(mlp)
                .layers(layers)
                .heads(heads)
                .maxPositions(context)
                .tokens(null, CorpusRows.SPECIAL.indexOf(CorpusRows.END), CorpusRows.SPECIAL.indexOf(CorpusRows.PAD))
                .build();
    }

    /** Trains and saves the model; returns the mean loss of the last steps. */
    private double train(CausalLm model, Tokenizer tokenizer) throws IOException {
        double smooth = Double.NaN;
        long saved = System.nanoTime();
        CorpusRows source = new CorpusRows(tokenizer, context, seed);
        Pretraining.Settings settings = new Pretraining.Settings(rows, micro, learningRate, WARM_UP);
        try (Pretraining training = new Pretraining(model, source, settings);
                ProgressLine progress = ProgressLine.start(err(), "pretrain")) {
            for (int number = 1; number <= steps; number++) {
                Pretraining.Step step = training.next(steps);
                smooth = Double.isNaN(smooth) ? step.loss() : smooth + (step.loss() - smooth) / Math.min(number, 50);
                seen += step.tokens();
                log(step);
                progress.update(
                        number,
                        steps,
                        String.format(Locale.ROOT, "loss %.3f, %d tokens per step", smooth, step.tokens()));
                if ((System.nanoTime() - saved) / 1e9 > SAVE_EVERY_SECONDS) {
                    save(model, tokenizer);
                    saved = System.nanoTime();
                }
            }
        }
        save(model, tokenizer);
        return smooth;
    }

    private void log(Pretraining.Step step) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step.number());
        line.put("loss", step.loss());
        line.put("tokens", step.tokens());
        Files.writeString(
                out.resolve("pretraining.jsonl"),
                Json.line(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void save(CausalLm model, Tokenizer tokenizer) {
        Checkpoints.saveCausal(out.resolve(MODEL), model, tokenizer, DType.BFLOAT16);
    }
}
