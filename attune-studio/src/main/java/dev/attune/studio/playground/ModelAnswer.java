package dev.attune.studio.playground;

/**
 * What a model said.
 *
 * @param text the answer, or why there is none
 */
public record ModelAnswer(String text, State state) {
    static final ModelAnswer PENDING = new ModelAnswer("", State.PENDING);

    /** Whether it is there. */
    public enum State {
        PENDING,
        GIVEN,
        FAILED
    }

    public boolean pending() {
        return state == State.PENDING;
    }

    public boolean given() {
        return state == State.GIVEN;
    }
}
