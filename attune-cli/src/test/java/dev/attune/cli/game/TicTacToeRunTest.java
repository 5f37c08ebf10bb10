package dev.attune.cli.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.cli.report.PlayableBoard;
import dev.attune.core.provenance.Provenance;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the recipe tic-tac-toe, and what can be done with it. */
class TicTacToeRunTest {
    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void train() {
        run = folder.resolve("run");
        CommandLineRun train = CommandLineRun.of(
                "train",
                "tic-tac-toe",
                "out=" + run,
                "rules.demonstrations.count=3000",
                "rules.epochs=6",
                "rules.model.width=32",
                "play.steps=12",
                "play.batch.rollouts=64",
                "play.checkpoint.every=5",
                "play.rollouts.every=6",
                "play.evaluate.every=6");
        assertThat(train.status()).as(train.err()).isZero();
    }

    @Test
    void rolloutsHoldEveryStateActionAndReward() {
        List<Rollout> rollouts = RolloutFiles.read(run.resolve("play/rollouts/step-12.jsonl.gz"));
        assertThat(rollouts).allSatisfy(rollout -> {
            assertThat(rollout.fault()).isNull();
            assertThat(rollout.stop()).isEqualTo("environment");
            Rollout.Turn last = rollout.turns().get(rollout.turns().size() - 1);
            assertThat(rollout.score()).isEqualTo(last.reward());
            if (last.note().startsWith("illegal")) {
                assertThat(last.reward()).isZero();
            }
        });
        CommandLineRun show =
                CommandLineRun.of("rollouts", "show", run.resolve("play").toString(), "0");
        Rollout.Turn first = rollouts.get(0).turns().get(0);
        assertThat(show.out()).contains("turn  state", first.state(), "log p ref");
    }

    @Test
    void everyGameIsPlayedBeforeAndAfter() {
        for (String stage : List.of("rules", "play")) {
            try (TicTacToePlayer player = TicTacToePlayer.open(run.resolve(stage))) {
                EveryGame games = EveryGame.of(player);
                assertThat(games.wins()
                                + games.draws()
                                + games.lost().size()
                                + games.illegal().size())
                        .isEqualTo(games.games());
                assertThat(games.histories().keySet().stream().map(GameHistory::line))
                        .doesNotHaveDuplicates();
                assertThat(games.agreement()).isBetween(0.2, 1.0);
                games.histories().values().forEach(output -> assertThat(output.probabilities().stream()
                                .mapToDouble(p -> p)
                                .sum())
                        .isLessThanOrEqualTo(1.0001));
            }
        }
    }

    @Test
    void theReportHoldsABoardWithTheOutputsOfEachCheckpoint() throws IOException {
        PlayableBoard board = PlayableBoard.of(RunFolder.open(run.resolve("play")));
        assertThat(board.steps()).containsExactly("before PPO", "step 5", "step 10", "the end");
        assertThat(board.outputs().get(0)).isNotEqualTo(board.outputs().get(3));
        assertThat(Files.readString(run.resolve("play/report.html")))
                .contains("Play against it", "data-game=", "step 10");
        assertThat(Files.readString(run.resolve("rules/report.html"))).doesNotContain("Play against it");
    }

    /** What a run leaves behind that was stopped after step 10, and whose last checkpoint is that of step 5. */
    private static Path interrupted() throws IOException {
        Path whole = run.resolve("play");
        Path broken = folder.resolve("broken");
        try (Stream<Path> walk = Files.walk(whole)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = whole.relativize(file).toString();
                if (!name.matches("(model/|report|checkpoints/step-1|rollouts/step-12).*")) {
                    Files.createDirectories(broken.resolve(name).getParent());
                    Files.copy(file, broken.resolve(name));
                }
            }
        }
        List<String> metrics = Files.readAllLines(broken.resolve("metrics.jsonl"));
        Files.write(broken.resolve("metrics.jsonl"), metrics.subList(0, 10));
        return broken;
    }

    @Test
    void aRunThatWasInterruptedEndsWithTheSameBits() throws IOException {
        Path broken = interrupted();
        CommandLineRun resumed = CommandLineRun.of("train", "--resume", broken.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(broken.resolve("model/model.safetensors"))
                .hasSameBinaryContentAs(run.resolve("play/model/model.safetensors"));
        assertThat(broken.resolve("rollouts/step-12.jsonl.gz"))
                .hasSameBinaryContentAs(run.resolve("play/rollouts/step-12.jsonl.gz"));
    }

    @Test
    void theModelNamesTheGamesThatItLearnedFrom() {
        Provenance provenance = Provenance.find(run.resolve("play/model")).orElseThrow();
        assertThat(provenance.allData()).singleElement().satisfies(source -> {
            assertThat(source.path()).isEqualTo("demonstrations of tic-tac-toe");
            assertThat(source.rows()).isEqualTo(3000);
            assertThat(source.used()).isLessThan(3000);
            assertThat(source.sha256()).hasSize(64);
        });
    }

    /** The critic shares the policy's backbone while both learn, and is kept. */
    @Test
    void theCriticIsKeptAndSaysWhatStatesAreWorth() {
        try (TicTacToePlayer player = TicTacToePlayer.open(run.resolve("play"))) {
            List<GameHistory> beginnings = List.of(GameHistory.beginning(), GameHistory.after(5));
            assertThat(player.outputs(beginnings))
                    .allSatisfy(output -> assertThat(output.value()).isBetween(-0.5, 1.0));
        }
    }

    @Test
    void aGameCanBePlayedOverAPipe() {
        CommandLineRun game =
                CommandLineRun.withInput("ten\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", "play", "tic-tac-toe", run.toString());
        assertThat(game.status()).as(game.err()).isZero();
        assertThat(game.out())
                .contains("The policy plays", "'ten' is not a free square")
                .containsAnyOf("You win.", "you win.", "The policy wins.", "A draw.");
    }

    @Test
    void theBoardCanBeHandedOn() throws IOException {
        Path page = folder.resolve("board.html");
        CommandLineRun written = CommandLineRun.of("play", "tic-tac-toe", run.toString(), "--page", page.toString());
        assertThat(written.status()).as(written.err()).isZero();
        assertThat(Files.readString(page)).contains("data-game=", "before PPO").doesNotContain(run.toString());
    }

    @Test
    void anotherGameIsRefused() {
        CommandLineRun game = CommandLineRun.of("play", "chess", run.toString());
        assertThat(game.status()).isEqualTo(2);
        assertThat(game.err()).contains("'chess'").contains("tic-tac-toe");
    }
}
