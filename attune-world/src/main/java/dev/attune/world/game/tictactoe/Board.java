package dev.attune.world.game.tictactoe;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A position. Squares are numbered 1 to 9 in reading order:
 *
 * <pre>
 *   1 2 3
 *   4 5 6
 *   7 8 9
 * </pre>
 *
 * @param crosses the squares with an X, bit n - 1 for square n
 * @param noughts the squares with an O
 */
public record Board(int crosses, int noughts) {
    public static final int SQUARES = 9;
    public static final Board EMPTY = new Board(0, 0);

    private static final int ALL = (1 << SQUARES) - 1;
    private static final int[] LINES = {
        0b111, 0b111000, 0b111000000, 0b1001001, 0b10010010, 0b100100100, 0b100010001, 0b1010100
    };

    /** Reads what {@link #text} writes. */
    public static Board parse(String text) {
        if (!text.matches("[XO.]{9}")) {
            throw new IllegalArgumentException("'" + text + "' is not a board: nine of X, O and .");
        }
        return new Board(squares(text, Mark.X), squares(text, Mark.O));
    }

    private static int squares(String text, Mark mark) {
        return IntStream.range(0, SQUARES)
                .filter(i -> text.charAt(i) == mark.letter())
                .map(i -> 1 << i)
                .sum();
    }

    /** The side to move. */
    public Mark toMove() {
        return Integer.bitCount(crosses) == Integer.bitCount(noughts) ? Mark.X : Mark.O;
    }

    /** Whether a move on the square is legal: it is a square, it is empty, and the game is not over. */
    public boolean allows(int square) {
        return square >= 1 && square <= SQUARES && ((crosses | noughts) & bit(square)) == 0 && !over();
    }

    /** Whether a side's mark is on the square. */
    public boolean has(Mark mark, int square) {
        return ((mark == Mark.X ? crosses : noughts) & bit(square)) != 0;
    }

    /** The legal moves, ascending; none if the game is over. */
    public List<Integer> moves() {
        return IntStream.rangeClosed(1, SQUARES).filter(this::allows).boxed().toList();
    }

    /** The position after a move of the side to move. */
    public Board play(int square) {
        if (!allows(square)) {
            throw new IllegalArgumentException("no move on " + square + " in " + text());
        }
        return toMove() == Mark.X
                ? new Board(crosses | bit(square), noughts)
                : new Board(crosses, noughts | bit(square));
    }

    public boolean over() {
        return (crosses | noughts) == ALL || winner().isPresent();
    }

    public Optional<Mark> winner() {
        return wins(crosses) ? Optional.of(Mark.X) : wins(noughts) ? Optional.of(Mark.O) : Optional.empty();
    }

    private static boolean wins(int squares) {
        for (int line : LINES) {
            if ((squares & line) == line) {
                return true;
            }
        }
        return false;
    }

    /** Nine letters in reading order: X, O, and a dot for an empty square. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int square = 1; square <= SQUARES; square++) {
            text.append((crosses & bit(square)) != 0 ? 'X' : (noughts & bit(square)) != 0 ? 'O' : '.');
        }
        return text.toString();
    }

    private static int bit(int square) {
        return 1 << (square - 1);
    }
}
