package dev.attune.world.game.tictactoe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Minimax over the whole game: the value of every position, and the optimal moves. */
public final class PerfectPlay {
    /** 1: the side to move wins; 0: a draw; -1: it loses. */
    private final Map<Board, Integer> worth = new HashMap<>();

    private PerfectPlay() {
        worthOf(Board.EMPTY);
    }

    private static final class Holder {
        private static final PerfectPlay INSTANCE = new PerfectPlay();
    }

    public static PerfectPlay instance() {
        return Holder.INSTANCE;
    }

    /** The value of a reachable position for the side to move: 1, 0 or -1. */
    public int worth(Board board) {
        Integer known = worth.get(board);
        if (known == null) {
            throw new IllegalArgumentException(board.text() + " cannot be reached");
        }
        return known;
    }

    /** The optimal moves, which keep the value; none if the game is over. */
    public List<Integer> moves(Board board) {
        int best = worth(board);
        return board.moves().stream()
                .filter(square -> -worth(board.play(square)) == best)
                .toList();
    }

    /** All 4,520 reachable positions in which the game is not over, in a fixed order. */
    public List<Board> positions() {
        List<Board> open = new ArrayList<>(worth.keySet());
        open.removeIf(Board::over);
        open.sort(java.util.Comparator.comparing(Board::text));
        return open;
    }

    private int worthOf(Board board) {
        Integer known = worth.get(board);
        if (known != null) {
            return known;
        }
        int best = board.winner().isPresent() ? -1 : board.moves().isEmpty() ? 0 : -1;
        for (int square : board.moves()) {
            best = Math.max(best, -worthOf(board.play(square)));
        }
        worth.put(board, best);
        return best;
    }
}
