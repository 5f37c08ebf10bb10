package dev.attune.world.game.tictactoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.environment.Demonstration;
import dev.attune.core.environment.Environment;
import dev.attune.core.environment.Environment.Step;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.world.SeededChoices;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TicTacToeTest {
    private static final PerfectPlay PERFECT = PerfectPlay.instance();

    @Test
    void aGameHasAsManyCoursesAsItIsKnownToHave() {
        assertThat(games(Board.EMPTY)).as("games").isEqualTo(255_168);
        assertThat(PERFECT.positions())
                .as("positions in which somebody has to move")
                .hasSize(4_520);
    }

    private static int games(Board board) {
        return board.over()
                ? 1
                : board.moves().stream()
                        .mapToInt(square -> games(board.play(square)))
                        .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "........., 0, 123456789",
        "X........, 0, 5",
        "X...O...., 0, 2346789",
        "XX.OO...., 1, 3",
        "X.X.O...., 0, 2",
        "X...O...X, 0, 2468",
        "XO......., 1, 457",
    })
    void perfectPlayKnowsWhatPositionsAreWorth(String text, int worth, String moves) {
        Board board = Board.parse(text);
        assertThat(PERFECT.worth(board)).isEqualTo(worth);
        StringBuilder found = new StringBuilder();
        PERFECT.moves(board).forEach(found::append);
        assertThat(found.toString()).isEqualTo(moves);
    }

    @Test
    void boardsReadWhatTheyWrite() {
        for (Board board : PERFECT.positions()) {
            assertThat(Board.parse(board.text())).isEqualTo(board);
        }
        assertThatThrownBy(() -> Board.parse("XO")).hasMessageContaining("nine of X, O and .");
        assertThatThrownBy(() -> Board.parse("XXXOO....").play(9)).hasMessageContaining("no move on 9");
    }

    @ParameterizedTest
    @EnumSource(Symmetry.class)
    void symmetriesLeaveTheGameAsItIs(Symmetry symmetry) {
        for (Board board : PERFECT.positions()) {
            Board turned = symmetry.apply(board);
            assertThat(PERFECT.worth(turned)).isEqualTo(PERFECT.worth(board));
            for (int square : turned.moves()) {
                assertThat(symmetry.apply(board.play(symmetry.back(square)))).isEqualTo(turned.play(square));
            }
        }
    }

    @Test
    void theEightSymmetriesDiffer() {
        Set<Board> turned = new HashSet<>();
        Symmetry.ALL.forEach(symmetry -> turned.add(symmetry.apply(Board.parse("XO......."))));
        assertThat(turned).hasSize(8);
    }

    /** Plays the lowest free square. */
    private static int lowest(Board board, SeededChoices choices) {
        return board.moves().get(0);
    }

    private static Environment against(Opponent opponent, boolean policyBegins) {
        TicTacToe game = new TicTacToe(Opponents.only(opponent));
        for (long seed = 0; ; seed++) {
            if (game.reset(seed).equals(GameText.EMPTY) == policyBegins) {
                return game;
            }
        }
    }

    /** The opponent's move, with the board for readers of the rollout. */
    private static Step goesOn(String reply, String board) {
        return new Step(reply, 0, false, board);
    }

    @Test
    void aWinIsWorthOne() {
        Environment game = against(TicTacToeTest::lowest, true);
        assertThat(game.step("7")).isEqualTo(goesOn("a", "O.....X.."));
        assertThat(game.step("8")).isEqualTo(goesOn("b", "OO....XX."));
        assertThat(game.step("9")).isEqualTo(new Step("", 1, true, "wins"));
    }

    @Test
    void aLossIsWorthNothing() {
        Environment game = against(TicTacToeTest::lowest, false);
        assertThat(game.step("9")).isEqualTo(goesOn("b", "XX......O"));
        assertThat(game.step("8")).isEqualTo(new Step("", 0, true, "loses"));
    }

    @Test
    void aDrawIsWorthAHalf() {
        Environment game = against(TicTacToeTest::lowest, true);
        assertThat(game.step("5")).isEqualTo(goesOn("a", "O...X...."));
        assertThat(game.step("2")).isEqualTo(goesOn("c", "OXO.X...."));
        assertThat(game.step("4")).isEqualTo(goesOn("f", "OXOXXO..."));
        assertThat(game.step("7")).isEqualTo(goesOn("h", "OXOXXOXO."));
        assertThat(game.step("9")).isEqualTo(new Step("", 0.5, true, "draws"));
    }

    @ParameterizedTest
    @CsvSource({"........., .", "X........, a", "X...O...., 1e", "XO.X.O..., 1b4f", "XO.X.O..X, a2d6i"})
    void aPositionIsWrittenAsTheSideToMoveSeesIt(String board, String text) {
        assertThat(GameText.position(Board.parse(board))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, illegal: 1 is taken", "0, illegal: '0' is not a square", "five, illegal: 'five' is not a square"})
    void anIllegalMoveLoses(String action, String note) {
        Environment game = against(TicTacToeTest::lowest, false);
        assertThat(game.step(action)).isEqualTo(new Step("", 0, true, note));
    }

    @Test
    void theSameSeedAndActionsGiveTheSameGame() {
        Environment one =
                new TicTacToeProvider().prepare(EnvironmentSetup.plain()).get();
        Environment two =
                new TicTacToeProvider().prepare(EnvironmentSetup.plain()).get();
        for (long seed = 0; seed < 50; seed++) {
            assertThat(one.reset(seed)).isEqualTo(two.reset(seed));
            assertThat(one.step("3")).isEqualTo(two.step("3"));
            assertThat(one.step("7")).isEqualTo(two.step("7"));
        }
    }

    @Test
    void aPerfectOpponentNeverLoses() {
        Environment game = new TicTacToeProvider()
                .prepare(new EnvironmentSetup(Map.of("random", "0", "perfect", "1"), null))
                .get();
        for (long seed = 0; seed < 500; seed++) {
            SeededChoices choices = SeededChoices.of(seed, "moves");
            Board board = seen(Board.EMPTY, game.reset(seed));
            Step step;
            do {
                int square = Opponent.random(board, choices);
                board = board.play(square);
                step = game.step(GameText.move(square));
                board = seen(board, step.state());
            } while (!step.done());
            assertThat(step.note()).isNotEqualTo("wins").doesNotContain("illegal");
        }
    }

    /** The board after the opponent's move, which a later state contains. */
    private static Board seen(Board before, String state) {
        return state.isEmpty() || state.equals(GameText.EMPTY) ? before : before.play(state.charAt(0) - 'a' + 1);
    }

    @Test
    void aFrozenOpponentPlaysAsItsModelDoes() {
        Environment game = new TicTacToeProvider()
                .prepare(new EnvironmentSetup(Map.of("random", "0", "perfect", "0", "frozen", "1"), new Corners()))
                .get();
        Set<String> answers = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            if (game.reset(seed).equals(GameText.EMPTY)) {
                answers.add(game.step("5").state());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder("a", "c", "g", "i");
    }

    /** Always plays 1, a corner, if it is empty; through symmetries all four. */
    private static final class Corners implements TextModel {
        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            return prompts.stream()
                    .map(prompt -> new TextCompletion("1", 1, 0, TextCompletion.StopReason.LENGTH))
                    .toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void anOpponentMayChangeWithinAGame() {
        List<Opponents.Share> two = List.of(
                new Opponents.Share(TicTacToeTest::lowest, 1),
                new Opponents.Share(
                        (board, choices) -> board.moves().get(board.moves().size() - 1), 1));
        assertThat(boardsAfterTwoTurns(new Opponents(two, 0))).containsExactlyInAnyOrder("OO.XX....", "...XX..OO");
        assertThat(boardsAfterTwoTurns(new Opponents(two, 1)))
                .containsExactlyInAnyOrder("OO.XX....", "...XX..OO", "O..XX...O");
    }

    /** The board after 5 and 4, if the policy began. */
    private static Set<String> boardsAfterTwoTurns(Opponents opponents) {
        TicTacToe game = new TicTacToe(opponents);
        Set<String> boards = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            if (game.reset(seed).equals(GameText.EMPTY)) {
                game.step("5");
                boards.add(game.step("4").note());
            }
        }
        return boards;
    }

    @Test
    void demonstrationsAreRandomLegalGames() {
        List<Demonstration> games = new TicTacToeProvider().demonstrations(EnvironmentSetup.plain(), 400, 3);
        assertThat(games)
                .hasSize(400)
                .isEqualTo(new TicTacToeProvider().demonstrations(EnvironmentSetup.plain(), 400, 3));
        int first = 0;
        for (Demonstration game : games) {
            first += game.turns().get(0).state().equals(GameText.EMPTY) ? 1 : 0;
            Board board = Board.EMPTY;
            for (Demonstration.Turn turn : game.turns()) {
                board = seen(board, turn.state()).play(Integer.parseInt(turn.action()));
            }
        }
        assertThat(first).isBetween(150, 250);
        assertThat(new HashSet<>(games)).as("few games come twice").hasSizeGreaterThan(380);
        List<Demonstration> ofTheNextSeed = new TicTacToeProvider().demonstrations(EnvironmentSetup.plain(), 400, 4);
        assertThat(ofTheNextSeed.stream().filter(new HashSet<>(games)::contains).count())
                .as("neighbouring seeds have games of their own")
                .isLessThan(40);
    }

    @Test
    void aGameMayBeginInTheMiddle() {
        EnvironmentSetup half = new EnvironmentSetup(Map.of("midgame", "0.5"), null);
        Environment game = new TicTacToeProvider().prepare(half).get();
        int[] begun = new int[8];
        for (long seed = 0; seed < 4000; seed++) {
            String state = game.reset(seed);
            begun[state.equals(GameText.EMPTY) ? 0 : state.length()]++;
        }
        // a quarter begins with nothing, a quarter with the opponent's move, the rest with 1 to 7 moves
        assertThat(begun[0]).isBetween(900, 1100);
        assertThat(begun[1]).isBetween(1180, 1390);
        for (int moves = 2; moves <= 7; moves++) {
            assertThat(begun[moves]).as(moves + " moves").isBetween(220, 350);
        }
        List<Demonstration> games = new TicTacToeProvider().demonstrations(half, 1000, 1);
        assertThat(games.stream().filter(one -> one.turns().get(0).state().length() > 1))
                .hasSizeBetween(370, 490);
    }

    @ParameterizedTest
    @CsvSource({
        "colour, 1, environment.settings.colour",
        "random, -1, environment.settings.random",
        "perfect, many, environment.settings.perfect",
        "frozen, 1, environment.settings.frozen",
    })
    void wrongSettingsAreRefusedByName(String name, String value, String message) {
        EnvironmentSetup setup = new EnvironmentSetup(Map.of(name, value), null);
        assertThatThrownBy(() -> new TicTacToeProvider().prepare(setup))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void somebodyHasToPlay() {
        EnvironmentSetup nobody = new EnvironmentSetup(Map.of("random", "0", "perfect", "0"), null);
        assertThatThrownBy(() -> new TicTacToeProvider().prepare(nobody)).hasMessageContaining("no opponent");
    }
}
