package dev.attune.cli.game;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalTextModel;
import dev.attune.training.batch.EpisodeTokens;
import dev.attune.training.run.RunDirectory;
import dev.attune.world.game.guessing.GuessingGame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A policy that plays the guessing game. */
public final class GuessingPlayer implements AutoCloseable {
    private final LocalTextModel model;
    private final int tokensOfAGuess;

    private GuessingPlayer(LocalTextModel model) {
        this.model = model;
        this.tokensOfAGuess = model.tokenizer().encode(GuessingGame.write(GuessingGame.MAX_NUMBER)).length;
    }

    /** @param run a stage's run directory */
    public static GuessingPlayer open(Path run) {
        return new GuessingPlayer(LocalTextModel.open(run.resolve(RunDirectory.MODEL)));
    }

    /** A game in progress. */
    private static final class Game {
        private final int secret;
        private final EpisodeTokens tokens;
        private int guesses;
        private boolean over;

        Game(int secret, EpisodeTokens tokens) {
            this.secret = secret;
            this.tokens = tokens;
        }
    }

    /**
     * The number of guesses for every secret, the correct one included, and {@value GuessingGame#MAX_GUESSES} if it is not found.
     *
     * @param repetitions games for each secret
     * @param temperature 0: the most probable guess
     */
    public double[] guesses(int repetitions, double temperature, long seed) {
        int[] beginning = model.encoder().prompt(Prompt.text(GuessingGame.BEGINNING));
        List<Game> games = new ArrayList<>();
        for (int game = 0; game < repetitions * GuessingGame.MAX_NUMBER; game++) {
            EpisodeTokens tokens = new EpisodeTokens(model.tokenizer(), beginning);
            games.add(new Game(1 + game % GuessingGame.MAX_NUMBER, tokens));
        }
        for (int turn = 0; turn < GuessingGame.MAX_GUESSES; turn++) {
            List<Game> open = games.stream().filter(game -> !game.over).toList();
            guess(open, SamplingOptions.sampling(tokensOfAGuess, temperature), seed + turn);
        }
        return games.stream().mapToDouble(game -> game.guesses).toArray();
    }

    private void guess(List<Game> games, SamplingOptions options, long seed) {
        List<Generated> guesses = model.generator()
                .generate(games.stream().map(game -> game.tokens.context()).toList(), options, seed);
        for (int i = 0; i < games.size(); i++) {
            Game game = games.get(i);
            game.guesses++;
            String answer =
                    GuessingGame.answer(model.tokenizer().decode(guesses.get(i).content()), game.secret);
            game.over = answer.isEmpty();
            game.tokens.action(guesses.get(i).tokens()).state(answer);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
