package dev.attune.model.local;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.text.Exchange;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A reward model of a Hugging Face directory. A prompt and its completion are read as one sequence that ends with the end
 * token, as in its training and whether or not a policy produced one, and the score stands at that token. Not
 * thread-safe.
 */
public final class LocalScoringModel implements ScoringModel {
    private static final int ROWS = 64;

    private final RewardModel model;
    private final Tokenizer tokenizer;
    private final PromptEncoder encoder;
    private final int rows;

    private LocalScoringModel(RewardModel model, Tokenizer tokenizer, PromptEncoder encoder, int rows) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.rows = rows;
    }

    /**
     * Loads a reward model.
     *
     * @param template as in {@link LocalTextModel#open(Path, String)}
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static LocalScoringModel open(Path directory, @Nullable String template) {
        return open(directory, template, null, ROWS);
    }

    /**
     * Loads a reward model.
     *
     * @param fallback the template where {@code template} is null and the model has none of its own
     * @param rows sequences that pass through the model at once
     */
    public static LocalScoringModel open(
            Path directory, @Nullable String template, @Nullable String fallback, int rows) {
        Tokenizer tokenizer = Checkpoints.tokenizer(directory);
        RewardModel model = Checkpoints.loadReward(directory);
        String named = template == null && tokenizer.chatTemplate() == null ? fallback : template;
        return new LocalScoringModel(model, tokenizer, PromptEncoder.named(tokenizer, named), rows);
    }

    /** The weights; closed with this. */
    public RewardModel model() {
        return model;
    }

    /** Closed with this. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Sequences of like length pass together, the longest first, so that the most memory is taken at once. */
    @Override
    public double[] score(List<Exchange> batch) {
        List<int[]> sequences = batch.stream().map(this::tokens).toList();
        List<Integer> longestFirst = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -sequences.get(i).length))
                .toList();
        double[] scores = new double[sequences.size()];
        try (NoGrad off = NoGrad.on()) {
            for (int from = 0; from < longestFirst.size(); from += rows) {
                int to = Math.min(from + rows, longestFirst.size());
                score(sequences, longestFirst.subList(from, to), scores);
            }
        }
        return scores;
    }

    private void score(List<int[]> sequences, List<Integer> places, double[] scores) {
        try (Scope scope = Scope.open()) {
            List<int[]> together = places.stream().map(sequences::get).toList();
            float[] found = model.scores(TokenBatch.rightPadded(together, 0)).toFloats();
            for (int i = 0; i < found.length; i++) {
                scores[places.get(i)] = found[i];
            }
        }
    }

    private int[] tokens(Exchange exchange) {
        int[] prompt = encoder.encode(exchange.prompt());
        int[] completion = tokenizer.encode(exchange.completion());
        Integer end = tokenizer.eosId();
        int[] all = Arrays.copyOf(prompt, prompt.length + completion.length + (end == null ? 0 : 1));
        System.arraycopy(completion, 0, all, prompt.length, completion.length);
        if (end != null) {
            all[all.length - 1] = end;
        }
        if (all.length == 0) {
            throw BadInputException.at("exchange", "no tokens", "a prompt or a completion", "drop it");
        }
        return all;
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
