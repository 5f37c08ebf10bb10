package dev.attune.bench;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LogLevel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * One measurement of llama.cpp through its Java binding: new tokens per second of several sequences at once, prompts of
 * about 32 tokens included. Greedy, which is its fastest way: sampling from all words sorts them. Prints a JSON line, as
 * {@code attune lab speed sample} does.
 */
public final class LlamaBench {
    private static final String PROMPT = "Write a short story about a lighthouse keeper who finds a letter in a"
            + " bottle on the beach, and tell what he does on the day after. Number ";

    private LlamaBench() {}

    /**
     * Arguments: a GGUF file, the number of sequences, the number of new tokens of each.
     *
     * @throws IllegalArgumentException if a number is none
     */
    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[1]);
        int newTokens = Integer.parseInt(arguments[2]);
        int cores = Runtime.getRuntime().availableProcessors();
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {
            if (level == LogLevel.ERROR) {
                System.err.print(message);
            }
        });
        ModelParameters parameters = new ModelParameters()
                .setModel(arguments[0])
                .setThreads(cores)
                .setThreadsBatch(cores)
                .setParallel(rows)
                .setCtxSize(rows * (64 + newTokens))
                .setBatchSize(2048);
        try (LlamaModel model = new LlamaModel(parameters)) {
            complete(model, rows, 4);
            long started = System.nanoTime();
            complete(model, rows, newTokens);
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    Locale.ROOT, "{\"tokens_per_second\": %.3f, \"peak_bytes\": 0}%n", rows * newTokens / seconds);
            System.out.flush();
            // A thread of the library outlives its model and would keep the program running.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void complete(LlamaModel model, int rows, int newTokens) {
        List<CompletableFuture<String>> all = IntStream.range(0, rows)
                .mapToObj(row -> CompletableFuture.supplyAsync(
                        () -> model.complete(new InferenceParameters(PROMPT + row)
                                .setNPredict(newTokens)
                                .setIgnoreEos(true)
                                .setCachePrompt(false)
                                .setTemperature(0)),
                        task -> new Thread(task).start()))
                .toList();
        all.forEach(CompletableFuture::join);
    }
}
