package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.cli.game.GameHistory;
import dev.attune.cli.game.PolicyOutput;
import dev.attune.cli.game.TicTacToePlayer;
import dev.attune.cli.report.PlayableBoard;
import dev.attune.cli.terminal.TypedLines;
import dev.attune.core.error.BadInputException;
import dev.attune.core.run.RunFolder;
import dev.attune.world.game.tictactoe.Board;
import dev.attune.world.game.tictactoe.Mark;
import dev.attune.world.game.tictactoe.Move;
import dev.attune.world.game.tictactoe.TicTacToeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune play}: a game against a trained policy, in the terminal or over a pipe. */
@Command(
        name = "play",
        description = {
            "Play a game against a trained policy. Each line is a square, numbered 1 to 9 row by row; /new starts a new game,"
                    + " /quit or the end of input exits.",
            "The policy plays its most probable move and shows the probability of every square."
        },
        footer = {
            "",
            "Examples:",
            "  attune play tic-tac-toe runs/tic-tac-toe",
            "  attune play tic-tac-toe RUN --second",
            "  attune play tic-tac-toe RUN --page board.html"
        })
final class PlayCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "GAME", description = "Game: tic-tac-toe.")
    private String game;

    @Parameters(
            index = "1",
            paramLabel = "RUN",
            description = "Run directory of the recipe tic-tac-toe or of one of its stages, or a model directory.")
    private Path run;

    @Option(names = "--second", description = "Let the policy move first.")
    private boolean second;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "HTML page to write; the game is played on it in a browser instead of here.")
    private @Nullable Path page;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() throws IOException {
        if (!game.equals(TicTacToeProvider.NAME)) {
            throw BadInputException.at(
                    "attune play", "'" + game + "'", TicTacToeProvider.NAME, "write 'attune play tic-tac-toe RUN'");
        }
        engine.apply();
        if (page != null) {
            PlayableBoard.of(RunFolder.open(TicTacToePlayer.lastStage(run))).write(page);
            out().println(page);
            return 0;
        }
        TypedLines lines = new TypedLines(err());
        try (TicTacToePlayer player = TicTacToePlayer.open(TicTacToePlayer.lastStage(run))) {
            boolean policyBegins = second;
            while (new Match(player, policyBegins).play(lines)) {
                policyBegins = !policyBegins;
                out().println("New game; " + (policyBegins ? "the policy begins." : "you begin."));
            }
        }
        return 0;
    }

    /** One game. */
    private final class Match {
        private final TicTacToePlayer player;
        private final Mark policy;
        private Board board = Board.EMPTY;
        private @Nullable GameHistory last;
        private int moved;
        private int answer;

        Match(TicTacToePlayer player, boolean policyBegins) {
            this.player = player;
            this.policy = policyBegins ? Mark.X : Mark.O;
        }

        /** Returns whether to play another game. */
        boolean play(TypedLines lines) throws IOException {
            while (!board.over()) {
                if (board.toMove() == policy) {
                    if (!policyMoves()) {
                        out().println("That is an illegal move: you win.");
                        return again(lines);
                    }
                    continue;
                }
                out().println(picture(board));
                String line = next(lines);
                if (line == null || line.equals("/quit") || line.equals("/new")) {
                    return "/new".equals(line);
                }
                personMoves(line);
            }
            out().println(picture(board));
            Optional<Mark> winner = board.winner();
            out().println(winner.isEmpty() ? "A draw." : winner.get() == policy ? "The policy wins." : "You win.");
            return again(lines);
        }

        /** Returns whether the policy's move is legal. */
        private boolean policyMoves() {
            GameHistory now = last != null
                    ? last.then(moved, answer)
                    : policy == Mark.X ? GameHistory.beginning() : GameHistory.after(answer);
            PolicyOutput output = player.outputs(List.of(now)).get(0);
            out().println(describe(output));
            last = now;
            moved = output.square();
            if (!board.allows(moved)) {
                return false;
            }
            board = board.play(moved);
            return true;
        }

        private void personMoves(String line) {
            int square = Move.read(line);
            if (board.allows(square)) {
                answer = square;
                board = board.play(square);
            } else {
                out().println("'" + line + "' is not a free square: type one of " + board.moves());
            }
        }
    }

    private boolean again(TypedLines lines) throws IOException {
        for (String line = next(lines); line != null; line = next(lines)) {
            if (line.equals("/new")) {
                return true;
            }
            if (line.equals("/quit")) {
                return false;
            }
            out().println("The game is over: /new or /quit.");
        }
        return false;
    }

    /** The next typed line; flushes the output first. */
    private @Nullable String next(TypedLines lines) throws IOException {
        out().flush();
        String line = lines.next();
        return line == null ? null : line.strip();
    }

    private static String describe(PolicyOutput output) {
        StringBuilder text =
                new StringBuilder("The policy plays " + (output.square() == 0 ? "no square" : output.square()));
        text.append("   (");
        for (int square = 1; square <= Board.SQUARES; square++) {
            text.append(square == 1 ? "" : "  ")
                    .append(square)
                    .append(String.format(
                            Locale.ROOT,
                            ": %.0f %%",
                            100 * output.probabilities().get(square - 1)));
        }
        if (!Double.isNaN(output.value())) {
            text.append(String.format(Locale.ROOT, ";  value %.2f", output.value()));
        }
        return text.append(')').toString();
    }

    /** Three rows; free squares show their numbers. */
    static String picture(Board board) {
        StringBuilder picture = new StringBuilder();
        for (int square = 1; square <= Board.SQUARES; square++) {
            char mark = board.text().charAt(square - 1);
            picture.append(' ')
                    .append(mark == '.' ? (char) ('0' + square) : mark)
                    .append(' ');
            picture.append(square % 3 != 0 ? "|" : square < Board.SQUARES ? "\n---+---+---\n" : "");
        }
        return picture.toString();
    }
}
