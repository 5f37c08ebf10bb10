package dev.attune.core.environment;

import java.util.List;

/** An example episode, from which a policy learns by supervised fine-tuning what states and actions look like. */
public record Demonstration(List<Turn> turns) {
    /** A state and the action taken in it. */
    public record Turn(String state, String action) {}

    public Demonstration {
        turns = List.copyOf(turns);
    }
}
