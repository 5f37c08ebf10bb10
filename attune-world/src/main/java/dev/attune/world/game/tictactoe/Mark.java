package dev.attune.world.game.tictactoe;

/** The mark on a square. X begins. */
public enum Mark {
    X,
    O;

    public Mark other() {
        return this == X ? O : X;
    }

    char letter() {
        return name().charAt(0);
    }
}
