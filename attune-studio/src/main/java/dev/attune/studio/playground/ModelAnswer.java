package dev.attune.studio.playground;

/**
 * The answer of a model.
 *
 * @param text the answer, or the reason of a failure
 */
public record ModelAnswer(String text, State state) {
    static final ModelAnswer PENDING = new ModelAnswer("", State.PENDING);

    /** State of the answer. */
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
