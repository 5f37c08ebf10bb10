package dev.attune.cli.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuessingRunTest {
    @TempDir
    Path folder;

    @Test
    void aCarelessPolicyNeedsAsManyGuessesAsChanceDoes() {
        Path run = folder.resolve("run");
        CommandLineRun train = CommandLineRun.of(
                "train",
                "guessing",
                "out=" + run,
                "careless.demonstrations.count=2500",
                "careless.model.layers=2",
                "play.steps=2",
                "play.batch.rollouts=16");
        assertThat(train.status()).as(train.err()).isZero();
        try (GuessingPlayer player = GuessingPlayer.open(run.resolve("careless"))) {
            double[] guesses = player.guesses(4, 1, 3);
            assertThat(guesses).hasSize(256);
            // 64 (1 - (63/64)^20) = 17.3 for guesses that are all in range; a few of this small policy's are not.
            assertThat(Arrays.stream(guesses).average().orElseThrow()).isBetween(16.3, 18.8);
            assertThat(player.guesses(4, 1, 3)).containsExactly(guesses);
        }
        try (GuessingPlayer player = GuessingPlayer.open(run.resolve("play"))) {
            assertThat(Arrays.stream(player.guesses(1, 0, 0)).boxed())
                    .hasSize(64)
                    .allMatch(guesses -> guesses >= 1 && guesses <= 20);
        }
    }
}
