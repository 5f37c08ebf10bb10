package dev.attune.model.local;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.reward.steps.StepScorer;
import dev.attune.core.reward.steps.StepScores;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.StepReading;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.conversation.StepEncoder;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward model loaded from a Hugging Face directory. A prompt and its completion are one sequence that ends as the
 * chat template ends an assistant's turn (plain text: with the EOS token), as in its training and whether or not a
 * policy generated that end. The model's pooling determines which tokens are read; a process reward model reads the end of each step. Not
 * thread-safe.
 */
public final class LocalScoringModel implements ScoringModel, StepScorer {
    private static final int ROWS = 64;

    private final RewardModel model;
    private final Tokenizer tokenizer;
    private final ConversationEncoder encoder;
    private final int rows;

    private LocalScoringModel(RewardModel model, Tokenizer tokenizer, ConversationEncoder encoder, int rows) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.rows = rows;
    }

    /**
     * Loads a reward model.
     *
     * @param options how conversations are rendered and encoded
     * @throws BadInputException naming the file and what is wrong with it
     */
    public static LocalScoringModel open(Path directory, ConversationOptions options) {
        return open(directory, options, null, ROWS, DType.FLOAT32);
    }

    /** Loads a reward model with its weights stored in FLOAT32 or BFLOAT16. */
    public static LocalScoringModel open(Path directory, ConversationOptions options, DType storage) {
        return open(directory, options, null, ROWS, storage);
    }

    /**
     * Loads a reward model.
     *
     * @param fallback the template if the options name none and the model has none of its own
     * @param rows batch size, in sequences
     * @param storage of the weights: FLOAT32 or BFLOAT16
     */
    public static LocalScoringModel open(
            Path directory, ConversationOptions options, @Nullable String fallback, int rows, DType storage) {
        return of(Checkpoints.loadReward(directory, storage), directory, options, fallback, rows);
    }

    /**
     * Opens a stored adapter with a score head on a language model that is in memory already.
     *
     * @param directory of the adapter
     * @param base that the adapter was trained on; stays the caller's
     * @param fallback the template if the options name none and the model has none of its own
     * @param rows batch size, in sequences
     */
    public static LocalScoringModel open(
            Path directory, CausalLm base, ConversationOptions options, @Nullable String fallback, int rows) {
        return of(AdapterCheckpoints.loadReward(directory, base, 0), directory, options, fallback, rows);
    }

    private static LocalScoringModel of(
            RewardModel model, Path directory, ConversationOptions options, @Nullable String fallback, int rows) {
        Tokenizer tokenizer = Checkpoints.tokenizer(directory);
        boolean none = options.template() == null && tokenizer.chatTemplate() == null;
        ConversationOptions complete = none ? options.withTemplate(fallback) : options;
        return new LocalScoringModel(model, tokenizer, ConversationEncoder.of(tokenizer, complete), rows);
    }

    /** The weights; closed with this. */
    public RewardModel model() {
        return model;
    }

    /** Encodes prompts and answers for this model. */
    public ConversationEncoder encoder() {
        return encoder;
    }

    /** Closed with this. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** How the model reads steps; null if it is no process reward model. */
    public @Nullable StepReading steps() {
        return model.steps();
    }

    /** A process reward model gives the aggregated probability of a completion's steps, in [0, 1]. */
    @Override
    public double[] score(List<PromptCompletion> batch) {
        StepReading steps = model.steps();
        if (steps != null) {
            return scoreSteps(batch).stream()
                    .mapToDouble(scores -> scores.score(steps.aggregation()))
                    .toArray();
        }
        List<RewardSequence> sequences = batch.stream().map(this::sequence).toList();
        double[] scores = new double[sequences.size()];
        LongestFirst.forEachBatch(sequences, rows, RewardSequence::length, places -> score(sequences, places, scores));
        return scores;
    }

    /** @throws BadInputException if this is no process reward model */
    @Override
    public List<StepScores> scoreSteps(List<PromptCompletion> batch) {
        StepReading steps = model.steps();
        if (steps == null) {
            throw BadInputException.at(
                    "reward model", "no reward_step_mark in config.json", "a process reward model", "train one");
        }
        return new StepProbabilities(model, new StepEncoder(encoder, steps.mark()), rows).of(batch);
    }

    private void score(List<RewardSequence> sequences, List<Integer> places, double[] scores) {
        try (Scope scope = Scope.open()) {
            List<RewardSequence> together = places.stream().map(sequences::get).toList();
            float[] found = model.scores(together).toFloats();
            for (int i = 0; i < found.length; i++) {
                scores[places.get(i)] = found[i];
            }
        }
    }

    private RewardSequence sequence(PromptCompletion sample) {
        EncodedConversation encoded = encoder.scoring(sample);
        if (encoded.length() == 0) {
            throw BadInputException.at("prompt and completion", "no tokens", "a prompt or a completion", "drop it");
        }
        return new RewardSequence(encoded.ids(), encoded.completionStart());
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
