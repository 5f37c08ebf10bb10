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
import dev.attune.world.Dice;
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
    private static int lowest(Board board, Dice dice) {
        return board.moves().get(0);
    }

    private static Environment against(Opponent opponent, boolean policyBegins) {
        TicTacToe game = new TicTacToe(Opponents.only(opponent));
        for (long seed = 0; ; seed++) {
            if (game.reset(seed).equals(".........") == policyBegins) {
                return game;
            }
        }
    }

    @Test
    void aWinIsWorthOne() {
        Environment game = against(TicTacToeTest::lowest, true);
        assertThat(game.step("7")).isEqualTo(Step.next("O.....X..", 0));
        assertThat(game.step("8")).isEqualTo(Step.next("OO....XX.", 0));
        assertThat(game.step("9")).isEqualTo(new Step("", 1, true, "wins"));
    }

    @Test
    void aLossIsWorthNothing() {
        Environment game = against(TicTacToeTest::lowest, false);
        assertThat(game.step("9")).isEqualTo(Step.next("XX......O", 0));
        assertThat(game.step("8")).isEqualTo(new Step("", 0, true, "loses"));
    }

    @Test
    void aDrawIsWorthAHalf() {
        Environment game = against(TicTacToeTest::lowest, true);
        assertThat(game.step("5")).isEqualTo(Step.next("O...X....", 0));
        assertThat(game.step("2")).isEqualTo(Step.next("OXO.X....", 0));
        assertThat(game.step("4")).isEqualTo(Step.next("OXOXXO...", 0));
        assertThat(game.step("7")).isEqualTo(Step.next("OXOXXOXO.", 0));
        assertThat(game.step("9")).isEqualTo(new Step("", 0.5, true, "draws"));
    }

    @ParameterizedTest
    @CsvSource({"1, illegal: 1 is taken", "0, illegal: '0' is no square", "five, illegal: 'five' is no square"})
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
            Dice dice = Dice.of(seed, "moves");
            Board board = Board.parse(game.reset(seed));
            Step step = game.step(Integer.toString(Opponent.random(board, dice)));
            while (!step.done()) {
                step = game.step(Integer.toString(Opponent.random(Board.parse(step.state()), dice)));
            }
            assertThat(step.note()).isNotEqualTo("wins").doesNotContain("illegal");
        }
    }

    @Test
    void aFrozenOpponentPlaysAsItsModelDoes() {
        Environment game = new TicTacToeProvider()
                .prepare(new EnvironmentSetup(Map.of("random", "0", "perfect", "0", "frozen", "1"), new Corners()))
                .get();
        Set<String> answers = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            if (game.reset(seed).equals(".........")) {
                answers.add(game.step("5").state());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder("O...X....", "..O.X....", "....X.O..", "....X...O");
    }

    /** Always says 1, which on an empty square is a corner; through symmetries all four. */
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
                        (board, dice) -> board.moves().get(board.moves().size() - 1), 1));
        assertThat(secondBoards(new Opponents(two, 0))).containsExactlyInAnyOrder("OO.XX....", "...XX..OO");
        assertThat(secondBoards(new Opponents(two, 1)))
                .containsExactlyInAnyOrder("OO.XX....", "...XX..OO", "O..XX...O");
    }

    /** What stands on the board after 5 and 4, where the policy began. */
    private static Set<String> secondBoards(Opponents opponents) {
        TicTacToe game = new TicTacToe(opponents);
        Set<String> boards = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            if (game.reset(seed).equals(".........")) {
                game.step("5");
                boards.add(game.step("4").state());
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
            first += game.turns().get(0).state().equals(".........") ? 1 : 0;
            for (Demonstration.Turn turn : game.turns()) {
                assertThat(Board.parse(turn.state()).allows(Integer.parseInt(turn.action())))
                        .isTrue();
            }
        }
        assertThat(first).isBetween(150, 250);
        assertThat(new HashSet<>(games)).as("few games come twice").hasSizeGreaterThan(380);
        List<Demonstration> ofTheNextSeed = new TicTacToeProvider().demonstrations(EnvironmentSetup.plain(), 400, 4);
        assertThat(ofTheNextSeed.stream().filter(new HashSet<>(games)::contains).count())
                .as("neighbouring seeds have games of their own")
                .isLessThan(40);
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
