package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.attune.cli.Attune;
import dev.attune.cli.game.EveryGame;
import dev.attune.cli.game.TicTacToePlayer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The board in a run's report, on which a reader plays against the policy. */
@Tag("browser")
@Tag("one-jvm")
class BoardTest {
    private static final Path ROOT = Path.of(System.getProperty("attune.root"));

    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** The page that the docs hold, of a policy that the recipe trained. */
    @Test
    void nobodyWinsAgainstTheTrainedPolicy() {
        Page page = browser.page(ROOT.resolve("docs/tic-tac-toe.html"), 1200, 900);
        Map<String, Integer> ends = new BoardPlayer(page).everyGame();
        assertThat(ends).containsKeys(BoardPlayer.LOST, BoardPlayer.DRAWN);
        assertThat(ends).doesNotContainKeys(BoardPlayer.WON, BoardPlayer.ILLEGAL);
    }

    @Test
    void theBoardPlaysAsThePolicyDoes(@TempDir Path folder) {
        Path run = train(folder.resolve("run"));
        Page page = browser.page(run.resolve("play/report.html"), 400, 900);
        Map<String, Integer> ends = new BoardPlayer(page).everyGame();
        assertThat(ends).isEqualTo(endsOf(run));
    }

    private static Path train(Path run) {
        StringWriter said = new StringWriter();
        int status = Attune.run(
                new PrintWriter(said),
                new PrintWriter(said),
                "train",
                "tic-tac-toe",
                "out=" + run,
                "rules.demonstrations.count=2000",
                "play.steps=10",
                "play.checkpoint.every=5",
                "play.batch.rollouts=64");
        assertThat(status).as(said.toString()).isZero();
        return run;
    }

    private static Map<String, Integer> endsOf(Path run) {
        try (TicTacToePlayer player = TicTacToePlayer.open(TicTacToePlayer.lastStage(run))) {
            EveryGame games = EveryGame.of(player);
            Map<String, Integer> ends = new TreeMap<>(Map.of(
                    BoardPlayer.LOST,
                    games.wins(),
                    BoardPlayer.DRAWN,
                    games.draws(),
                    BoardPlayer.WON,
                    games.lost().size(),
                    BoardPlayer.ILLEGAL,
                    games.illegal().size()));
            ends.values().removeIf(count -> count == 0);
            return ends;
        }
    }

    @Test
    void aGameIsPlayedByKeyboardAndTheProbabilitiesFollowTheCheckpoint() {
        Page page = browser.page(ROOT.resolve("docs/tic-tac-toe.html"), 1200, 900);
        BoardPlayer opponent = new BoardPlayer(page);
        opponent.square(1).focus();
        page.keyboard().press("Enter");
        assertThat(opponent.square(1).textContent()).isEqualTo("X");
        assertThat(opponent.free()).hasSize(7);
        assertThat(opponent.said()).matches("The policy plays [1-9]. Your move.");
        // the picture in docs/images
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/tic-tac-toe.png")));
        String atTheEnd = page.locator(".board .outputs").textContent();
        page.locator(".board input[type=range]").focus();
        page.keyboard().press("Home");
        assertThat(page.locator(".board .outputs").textContent()).isNotEqualTo(atTheEnd);
        assertThat(page.locator(".board label").textContent()).contains("before PPO");
    }
}
