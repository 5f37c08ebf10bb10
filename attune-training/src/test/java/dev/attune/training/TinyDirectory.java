package dev.attune.training;

import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small model directory with a tokenizer of single bytes, and data sets to train it on. */
public final class TinyDirectory {
    private TinyDirectory() {}

    /** A random model that transformers could load. */
    public static Path model(Path folder) throws IOException {
        return model(folder, List.of());
    }

    /** With further special tokens, whose ids begin at 2. */
    public static Path model(Path folder, List<String> specialTokens) throws IOException {
        int vocabulary = 258 + specialTokens.size();
        List<String> specials = new ArrayList<>(List.of("<|pad|>", "<|end|>"));
        specials.addAll(specialTokens);
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        new BpeTrainer(vocabulary)
                .specialTokens(specials)
                .train(Stream.of(""))
                .save(tokens, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, null));
        Path model = folder.resolve("base");
        ModelConfig config = ModelConfig.llama()
                .vocabularySize(vocabulary)
                .width(16)
                .mlpWidth(24)
                .layers(1)
                .heads(2)
                .kvHeads(2)
                .maxPositions(64)
                .tied(true)
                .tokens(null, 1, 0)
                .build();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(tokens);
                CausalLm lm = CausalLm.create(config, 3)) {
            Checkpoints.saveCausal(model, lm, tokenizer, DType.FLOAT32);
        }
        return model;
    }

    public static Path completions(Path folder) throws IOException {
        return lines(folder.resolve("completions.jsonl"), "{\"prompt\": \"say %d\", \"completion\": \"aa\"}");
    }

    public static Path pairs(Path folder) throws IOException {
        return lines(
                folder.resolve("pairs.jsonl"), "{\"prompt\": \"say %d\", \"chosen\": \"aa\", \"rejected\": \"zz\"}");
    }

    public static Path steps(Path folder) throws IOException {
        return lines(
                folder.resolve("steps.jsonl"),
                "{\"prompt\": \"say %d\", \"steps\": [\"ab\", \"xa\", \"b\"], \"labels\": [true, false, true]}");
    }

    public static Path prompts(Path folder) throws IOException {
        return lines(folder.resolve("prompts.jsonl"), "{\"prompt\": \"say %d\"}");
    }

    private static Path lines(Path file, String pattern) throws IOException {
        return Files.write(
                file,
                IntStream.range(0, 40).mapToObj(i -> String.format(pattern, i)).toList());
    }
}
