package dev.attune.feedback.endpoint;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Hashing;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A language model whose replies are kept in a file, one line each: what was asked before is not asked again, also by a
 * later process. The key is a hash of model, prompt, options, seed and sample number, so several samples of a prompt in one
 * call are several replies. An unfinished last line, left by a killed process, is dropped. Safe for use by several threads
 * if the model is; one process at a time writes a file.
 */
public final class CachedTextModel implements TextModel {
    private final String name;
    private final TextModel model;
    private final LineLog log;
    private final Map<String, CompletableFuture<TextCompletion>> replies = new ConcurrentHashMap<>();

    private CachedTextModel(String name, TextModel model, LineLog log) {
        this.name = name;
        this.model = model;
        this.log = log;
    }

    private record Key(String model, Prompt prompt, SamplingOptions options, long seed, int sample) {}

    private record Line(
            String key, int sample, String text, int tokens, double logProbability, TextCompletion.StopReason stop) {
        Line {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * Opens a cache, and creates its file if it is missing.
     *
     * @param name of the model, with its server if that matters: replies of other names are not used
     * @param model closed with this
     * @throws dev.attune.core.error.BadInputException naming the line that is not a reply
     */
    public static CachedTextModel open(Path file, String name, TextModel model) throws IOException {
        CachedTextModel cached = new CachedTextModel(name, model, LineLog.open(file));
        JsonLines.read(file, Line.class, "a reply of a model", "repair or delete the file")
                .forEach(line -> cached.replies.put(line.key, CompletableFuture.completedFuture(completion(line))));
        return cached;
    }

    private static TextCompletion completion(Line line) {
        return new TextCompletion(line.text, line.tokens, line.logProbability, line.stop);
    }

    /** How many replies are kept. */
    public int size() {
        return replies.size();
    }

    /** One completion per prompt, in order; those that are not kept are asked for one by one, each with its own seed. */
    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        Map<Prompt, Integer> samples = new HashMap<>();
        List<TextCompletion> completions = new ArrayList<>();
        for (Prompt prompt : prompts) {
            int sample = samples.merge(prompt, 1, Integer::sum) - 1;
            completions.add(complete(prompt, options, seed, sample));
        }
        return completions;
    }

    private TextCompletion complete(Prompt prompt, SamplingOptions options, long seed, int sample) {
        String key = Hashing.sha256(Json.line(new Key(name, prompt, options, seed, sample)));
        CompletableFuture<TextCompletion> own = new CompletableFuture<>();
        CompletableFuture<TextCompletion> earlier = replies.putIfAbsent(key, own);
        if (earlier != null) {
            return await(earlier);
        }
        try {
            TextCompletion reply = ask(prompt, options, seed + sample);
            log.append(Json.line(
                    new Line(key, sample, reply.text(), reply.tokens(), reply.logProbability(), reply.stop())));
            own.complete(reply);
            return reply;
        } catch (IOException e) {
            throw forgotten(key, own, new RunFailedException(String.valueOf(e.getMessage()), e));
        } catch (RuntimeException e) {
            throw forgotten(key, own, e);
        }
    }

    private TextCompletion ask(Prompt prompt, SamplingOptions options, long seed) {
        List<TextCompletion> replies = model.complete(List.of(prompt), options, seed);
        if (replies.size() != 1) {
            throw new RunFailedException(name + " gives " + replies.size() + " replies to one prompt");
        }
        return replies.get(0);
    }

    private RuntimeException forgotten(String key, CompletableFuture<TextCompletion> own, RuntimeException failure) {
        replies.remove(key);
        own.completeExceptionally(failure);
        return failure;
    }

    private static TextCompletion await(CompletableFuture<TextCompletion> earlier) {
        try {
            return earlier.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        } finally {
            model.close();
        }
    }
}
