package dev.attune.world.game.tictactoe;

/** Whose mark stands on a square. X begins. */
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
