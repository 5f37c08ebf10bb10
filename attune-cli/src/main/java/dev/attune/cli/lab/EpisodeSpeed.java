package dev.attune.cli.lab;

import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.stats.Summary;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoTrainer;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.GenerationSettings;
import dev.attune.training.run.RunDirectory;
import dev.attune.world.game.tictactoe.TicTacToeProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Episodes per second of a policy in its environment, in one batch and one by one. */
final class EpisodeSpeed implements AutoCloseable {
    static final int TOGETHER = 256;

    private static final int ONE_BY_ONE = 64;
    private static final int PAIRS = 7;

    private final CausalLm policy;
    private final Tokenizer tokenizer;
    private final PpoTrainer together;

    /** One trainer per seed, because an evaluation repeats the same episodes. */
    private final List<PpoTrainer> alone = new ArrayList<>();

    /** @param stage the run of the policy */
    EpisodeSpeed(Path stage) {
        Path model = stage.resolve(RunDirectory.MODEL);
        policy = Checkpoints.loadCausal(model);
        tokenizer = HuggingFaceTokenizer.load(model);
        together = trainer(TOGETHER, 0);
        for (int seed = 0; seed < ONE_BY_ONE; seed++) {
            alone.add(trainer(1, seed));
        }
    }

    private PpoTrainer trainer(int episodes, long seed) {
        PpoOptions options = PpoOptions.defaults()
                .withGeneration(GenerationSettings.of(1, 1))
                .withEvaluationPrompts(episodes)
                .withSeed(seed);
        return PpoTrainer.builder(policy, tokenizer)
                .reference(policy)
                .environment(
                        new TicTacToeProvider().prepare(EnvironmentSetup.plain()),
                        EnvironmentSettings.named(TicTacToeProvider.NAME))
                .options(options)
                .build();
    }

    /** Ratios of episodes per second, batched over one by one, of several alternating measurements, ascending. */
    double[] ratios() {
        double[] ratios = new double[PAIRS];
        ratio();
        for (int pair = 0; pair < PAIRS; pair++) {
            ratios[pair] = ratio();
        }
        Arrays.sort(ratios);
        return ratios;
    }

    private double ratio() {
        return perSecond(List.of(together), TOGETHER) / perSecond(alone, ONE_BY_ONE);
    }

    private static double perSecond(List<PpoTrainer> trainers, int episodes) {
        long started = System.nanoTime();
        trainers.forEach(PpoTrainer::evaluate);
        return episodes * 1e9 / (System.nanoTime() - started);
    }

    /** Adds the median beside its target. */
    static void measure(Path stage, Figures figures) {
        try (EpisodeSpeed speed = new EpisodeSpeed(stage)) {
            double[] ratios = speed.ratios();
            figures.add(
                    "episodes per second, " + TOGETHER + " together over one at a time",
                    Summary.median(ratios),
                    Target.atLeast(8),
                    String.format(
                            Locale.ROOT, "median of %d pairs; from %.1f to %.1f", PAIRS, ratios[0], ratios[PAIRS - 1]));
        }
    }

    @Override
    public void close() {
        together.close();
        alone.forEach(PpoTrainer::close);
        policy.close();
        tokenizer.close();
    }
}
