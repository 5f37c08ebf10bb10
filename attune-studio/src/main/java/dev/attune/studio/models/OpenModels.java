package dev.attune.studio.models;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.endpoint.EndpointSettings;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.sampling.Endpoint;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Runs registered models. Call on platform threads: models in directories run native code. Thread-safe. */
public final class OpenModels implements AutoCloseable {
    private static final int MAX_TEXT_MODELS = 2;
    private static final int MAX_SCORING_MODELS = 1;

    private final Function<String, TextModel> textOpener;
    private final Function<String, ScoringModel> scoringOpener;
    private final ModelPool<TextModel> texts = new ModelPool<>(MAX_TEXT_MODELS);
    private final ModelPool<ScoringModel> scorings = new ModelPool<>(MAX_SCORING_MODELS);

    /** @param textOpener opens a directory's language model, {@code scoringOpener} its reward model */
    public OpenModels(Function<String, TextModel> textOpener, Function<String, ScoringModel> scoringOpener) {
        this.textOpener = textOpener;
        this.scoringOpener = scoringOpener;
    }

    /** As {@link TextModel#complete}. */
    public List<TextCompletion> complete(Endpoint endpoint, List<Prompt> prompts, SamplingOptions options, long seed) {
        if (endpoint.kind() == Endpoint.Kind.ENDPOINT) {
            return served(endpoint, prompts, options, seed);
        }
        return texts.with(endpoint.address(), textOpener, model -> model.complete(prompts, options, seed));
    }

    /** Servers accept concurrent requests, so they are not pooled. */
    private static List<TextCompletion> served(
            Endpoint endpoint, List<Prompt> prompts, SamplingOptions options, long seed) {
        String name = Objects.requireNonNullElse(endpoint.model(), "");
        EndpointSettings settings = EndpointSettings.of(endpoint.address(), name, endpoint.keyVariable());
        try (TextModel model = new EndpointTextModel(settings)) {
            return model.complete(prompts, options, seed);
        }
    }

    /** As {@link ScoringModel#score}. */
    public double[] score(Endpoint endpoint, List<PromptCompletion> samples) {
        return scorings.with(endpoint.address(), scoringOpener, model -> model.score(samples));
    }

    @Override
    public void close() {
        texts.close();
        scorings.close();
    }
}
