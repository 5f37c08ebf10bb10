package dev.attune.cli.game;

import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.batch.EpisodeTokens;
import dev.attune.training.run.RunDirectory;
import dev.attune.world.game.tictactoe.Board;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy that plays tic-tac-toe. Its context is the position of its first move and every move since then. Not
 * thread-safe.
 */
public final class TicTacToePlayer implements AutoCloseable {
    private static final int BATCH = 512;

    private final CausalLm model;
    private final @Nullable RewardModel critic;
    private final Tokenizer tokenizer;
    private final int[] squareTokens;

    private TicTacToePlayer(CausalLm model, @Nullable RewardModel critic, Tokenizer tokenizer) {
        this.model = model;
        this.critic = critic;
        this.tokenizer = tokenizer;
        this.squareTokens = IntStream.rangeClosed(1, Board.SQUARES)
                .map(square -> tokenizer.encode(Integer.toString(square))[0])
                .toArray();
    }

    /**
     * A run's policy, with its critic if the run has one.
     *
     * @param place a run directory or a model directory
     */
    public static TicTacToePlayer open(Path place) {
        Path ofRun = place.resolve(RunDirectory.MODEL);
        Path model = Files.isDirectory(ofRun) ? ofRun : place;
        Path critic = place.resolve(RunDirectory.CRITIC);
        return new TicTacToePlayer(
                Checkpoints.loadCausal(model),
                Files.isDirectory(critic) ? Checkpoints.loadReward(critic) : null,
                Checkpoints.tokenizer(model));
    }

    /** The stage {@code play} if the run has stages, else the run itself. */
    public static Path lastStage(Path run) {
        Path play = run.resolve("play");
        return Files.isDirectory(play) ? play : run;
    }

    /** The policy network; earlier checkpoints can be loaded into it. */
    public CausalLm model() {
        return model;
    }

    /** The policy's output for each of these games. */
    public List<PolicyOutput> outputs(List<GameHistory> histories) {
        List<PolicyOutput> outputs = new ArrayList<>();
        for (int from = 0; from < histories.size(); from += BATCH) {
            List<int[]> contexts = histories.subList(from, Math.min(from + BATCH, histories.size())).stream()
                    .map(this::tokens)
                    .toList();
            outputs.addAll(ofBatch(contexts));
        }
        return outputs;
    }

    private int[] tokens(GameHistory history) {
        EpisodeTokens tokens = new EpisodeTokens(
                tokenizer, tokenizer.encodeWithSpecials(history.states().get(0)));
        for (int turn = 0; turn < history.actions().size(); turn++) {
            tokens.action(history.actions().get(turn)).state(history.states().get(turn + 1));
        }
        return tokens.context();
    }

    private List<PolicyOutput> ofBatch(List<int[]> contexts) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            TokenBatch batch = TokenBatch.leftPadded(contexts, tokenizer.padId());
            Tensor hidden = model.hidden(batch);
            long last = hidden.size(1) - 1;
            Tensor logits = model.head(hidden.select(1, last));
            long[] best = logits.argmax(-1).toLongs();
            float[] probabilities = logits.softmax(-1).toFloats();
            float[] values = critic == null
                    ? new float[0]
                    : critic.values(batch).select(1, last).contiguous().toFloats();
            int vocabulary = probabilities.length / contexts.size();
            List<PolicyOutput> outputs = new ArrayList<>();
            for (int row = 0; row < contexts.size(); row++) {
                int offset = row * vocabulary;
                outputs.add(new PolicyOutput(
                        square((int) best[row]),
                        IntStream.of(squareTokens)
                                .mapToObj(token -> (double) probabilities[offset + token])
                                .toList(),
                        values.length == 0 ? Double.NaN : values[row]));
            }
            return outputs;
        }
    }

    private int square(int token) {
        for (int i = 0; i < squareTokens.length; i++) {
            if (squareTokens[i] == token) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        model.close();
        if (critic != null) {
            critic.close();
        }
        tokenizer.close();
    }
}
