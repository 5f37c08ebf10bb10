package dev.attune.world.game.tictactoe;

import java.util.List;

/** One of the eight rotations and reflections of the board. */
public enum Symmetry {
    SAME("123456789"),
    QUARTER("741852963"),
    HALF("987654321"),
    THREE_QUARTERS("369258147"),
    LEFT_RIGHT("321654987"),
    UP_DOWN("789456123"),
    DIAGONAL("147258369"),
    OTHER_DIAGONAL("963852741");

    public static final List<Symmetry> ALL = List.of(values());

    private final String source;

    Symmetry(String source) {
        this.source = source;
    }

    /** The transformed board: its square n is square {@code source[n]} of the given board. */
    public Board apply(Board board) {
        String text = board.text();
        StringBuilder turned = new StringBuilder();
        source.chars().forEach(square -> turned.append(text.charAt(square - '1')));
        return Board.parse(turned.toString());
    }

    /** The square of the original board that maps to a square of the transformed one. */
    public int back(int square) {
        return source.charAt(square - 1) - '0';
    }
}
