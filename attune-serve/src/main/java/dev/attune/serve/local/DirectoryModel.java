package dev.attune.serve.local;

import dev.attune.core.text.PromptCompletion;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.PeftFiles;
import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.constraint.TokenVocabulary;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.TextEmbedder;
import dev.attune.model.serving.BatchEngine;
import dev.attune.model.serving.EngineOptions;
import dev.attune.model.serving.TokenEngine;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.serve.model.Embedder;
import dev.attune.serve.model.Scorer;
import dev.attune.serve.model.ServedModel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model that was loaded from a directory, with its engine. Close it after the server. */
public final class DirectoryModel implements AutoCloseable {
    private final ServedModel served;
    private final Deque<AutoCloseable> opened;

    private DirectoryModel(ServedModel served, Deque<AutoCloseable> opened) {
        this.served = served;
        this.opened = opened;
    }

    /**
     * Loads a language model or a reward model, and starts its engine.
     *
     * @throws dev.attune.core.error.BadInputException naming the file and what is wrong with it
     */
    public static DirectoryModel open(Path directory, DirectoryOptions options) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            ServedModel served = Checkpoints.isReward(directory)
                    ? rewardModel(directory, options, opened)
                    : languageModel(directory, options, opened);
            return new DirectoryModel(served, opened);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static ServedModel languageModel(Path directory, DirectoryOptions options, Deque<AutoCloseable> opened) {
        Tokenizer tokenizer = keep(opened, Checkpoints.tokenizer(directory));
        CausalLm model = keep(opened, Checkpoints.loadCausal(directory, options.storage()));
        Map<String, Adapter> adapters = new LinkedHashMap<>();
        options.adapters().forEach((name, folder) -> adapters.put(name, PeftFiles.load(folder, model.asBase(), 0)));
        EngineOptions sized = EngineOptions.within(model, options.places(), options.cacheBytes());
        TokenEngine engine = keep(opened, new BatchEngine(model, adapters, sized.withQueue(options.queue())));
        int vocabulary = model.config().vocabularySize();
        TokenVocabulary words = TokenVocabulary.of(tokenizer, vocabulary);
        return new ServedModel(
                options.id(),
                Set.copyOf(adapters.keySet()),
                ConversationEncoder.of(tokenizer, options.conversations()),
                words::bytes,
                model.config().maxPositions(),
                vocabulary,
                engine,
                new JsonConstraints(words),
                embedder(model),
                null);
    }

    private static Embedder embedder(CausalLm model) {
        TextEmbedder embedder = new TextEmbedder(model);
        return new Embedder() {
            @Override
            public int width() {
                return embedder.width();
            }

            @Override
            public float[] embed(int[] tokens) {
                return embedder.embed(tokens);
            }
        };
    }

    private static ServedModel rewardModel(Path directory, DirectoryOptions options, Deque<AutoCloseable> opened) {
        LocalScoringModel model =
                keep(opened, LocalScoringModel.open(directory, options.conversations(), options.storage()));
        int vocabulary = model.model().config().vocabularySize();
        return new ServedModel(
                options.id(),
                Set.of(),
                model.encoder(),
                TokenVocabulary.of(model.encoder().tokenizer(), vocabulary)::bytes,
                model.model().config().maxPositions(),
                vocabulary,
                null,
                null,
                null,
                scorer(model));
    }

    private static Scorer scorer(LocalScoringModel model) {
        return new Scorer() {
            @Override
            public List<Double> scores(List<PromptCompletion> samples) {
                // One by one: in a batch, the last digits of a score depend on the other samples.
                return samples.stream()
                        .map(sample -> model.score(List.of(sample))[0])
                        .toList();
            }

            @Override
            public int tokens(PromptCompletion sample) {
                return model.encoder().scoring(sample).length();
            }
        };
    }

    /** Whether the directory holds an adapter, which is served on its base. */
    public static @Nullable Path baseOf(Path directory) {
        return AdapterCheckpoints.baseOf(directory).orElse(null);
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> opened, T part) {
        opened.push(part);
        return part;
    }

    /** What a server needs to know. */
    public ServedModel served() {
        return served;
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    /** Last opened first: an engine before its model. */
    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a model cannot be closed", e);
            }
        }
    }
}
