package dev.attune.core.environment;

import java.util.List;

/** An episode as somebody else acted in it, from which a policy learns what states and actions look like. */
public record Demonstration(List<Turn> turns) {
    /** A state and the action taken in it. */
    public record Turn(String state, String action) {}

    public Demonstration {
        turns = List.copyOf(turns);
    }
}
