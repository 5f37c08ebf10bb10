package dev.attune.cli.lab;

import dev.attune.cli.parity.LogitComparison;
import dev.attune.cli.parity.StoredNumbers;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code attune lab parity}: Attune's logits and generation against stored ones of transformers. */
@Command(
        name = "parity",
        description =
                "Compare the logits and the greedy generation of every stored checkpoint with those of transformers.",
        footer = {"", "Example:", "  attune lab parity --chat-model runs/smollm2 --evidence docs/evidence/parity.txt"})
final class ParityLab extends LabCommand {
    private static final double LOGITS = 1e-4;
    private static final double LOG_PROBS = 1e-3;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = "../shared/models",
            description = "Directory of tiny/ and stories260K/ (default: ${DEFAULT-VALUE}).")
    private Path models;

    @Option(
            names = "--chat-model",
            paramLabel = "DIR",
            description =
                    "Directory of the unpacked SmolLM2-135M-Instruct, whose figures are added (default: none; see docs/chat-model.md).")
    private @Nullable Path chatModel;

    @Override
    void measure(Figures figures) throws IOException {
        Path tiny = models.resolve("tiny");
        if (!Files.isDirectory(tiny)) {
            throw BadInputException.at(
                    tiny.toString(),
                    "no such directory",
                    "checkpoints with golden.safetensors",
                    "name it with --models");
        }
        for (Path model : folders(tiny)) {
            LogitComparison compared = LogitComparison.of(model, model.resolve("golden.safetensors"));
            figures.add(
                    model.getFileName() + ": largest difference of logits",
                    compared.difference(),
                    Target.atMost(LOGITS),
                    compared.positions() + " positions, left and right padding");
        }
        generation(models.resolve("stories260K"), figures);
        if (chatModel != null) {
            ChatModelParity.measure(chatModel, models.resolve("SmolLM2-135M-Instruct"), figures);
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Greedy generation of each prompt, alone and in one batch with the others. */
    private static void generation(Path directory, Figures figures) {
        JsonNode golden = Json.readTree(directory.resolve("golden.json"));
        List<Stored> stored = new ArrayList<>();
        for (JsonNode one : golden.isArray() ? golden : golden.path("samples")) {
            stored.add(Stored.of(one));
        }
        if (stored.isEmpty()) {
            throw BadInputException.at(
                    directory.resolve("golden.json").toString(), "no continuation", "a list", "check the file");
        }
        try (LocalTextModel model = LocalTextModel.open(directory)) {
            List<Generated> batch = model.generator()
                    .generate(stored.stream().map(Stored::prompt).toList(), SamplingOptions.greedy(longest(stored)), 0);
            int different = 0;
            double apart = 0;
            for (int i = 0; i < stored.size(); i++) {
                Stored one = stored.get(i);
                Generated alone = model.generator()
                        .generate(List.of(one.prompt()), SamplingOptions.greedy(one.continuation().length), 0)
                        .get(0);
                different += one.differences(batch.get(i)) + one.differences(alone);
                apart = Math.max(apart, Math.max(one.apart(batch.get(i)), one.apart(alone)));
            }
            figures.add(
                    "greedy tokens that differ",
                    different,
                    Target.atMost(0),
                    stored.size() + " prompts, alone and batched");
            figures.add("largest difference of log-probabilities", apart, Target.atMost(LOG_PROBS), "nats");
        }
    }

    private static int longest(List<Stored> stored) {
        return stored.stream().mapToInt(one -> one.continuation().length).max().orElse(1);
    }

    /** A generation of transformers: log-probability i belongs to token i of the continuation. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(int[] prompt, int[] continuation, double[] logProbs) {
        static Stored of(JsonNode node) {
            int[] prompt = StoredNumbers.ints(node.path("input_ids"));
            int[] output = StoredNumbers.ints(node.path("output_ids"));
            double[] logProbs = StoredNumbers.doubles(node.path("token_logprobs"));
            return new Stored(
                    prompt,
                    Arrays.copyOfRange(output, prompt.length, output.length),
                    Arrays.copyOfRange(logProbs, prompt.length - 1, output.length - 1));
        }

        int differences(Generated generated) {
            int different = 0;
            for (int i = 0; i < continuation.length; i++) {
                boolean same = i < generated.tokens().length && generated.tokens()[i] == continuation[i];
                different += same ? 0 : 1;
            }
            return different;
        }

        double apart(Generated generated) {
            double apart = 0;
            for (int i = 0; i < Math.min(continuation.length, generated.logProbs().length); i++) {
                apart = Math.max(apart, Math.abs(generated.logProbs()[i] - logProbs[i]));
            }
            return apart;
        }
    }
}
