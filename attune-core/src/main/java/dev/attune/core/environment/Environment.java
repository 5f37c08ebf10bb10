package dev.attune.core.environment;

/**
 * A world that answers text with text. An episode begins with {@link #reset} and continues with {@link #step} until a step is
 * done; then it may be reset again. The same seed and actions give the same episode. Used by one thread at a time, but not
 * always the same one.
 *
 * <p>A wrong action is not an error: the environment decides what comes of it, and its {@link Step} says so. What an
 * environment throws is a fault of the environment, which is recorded.
 */
public interface Environment extends AutoCloseable {
    /**
     * What an action led to.
     *
     * @param state the text that follows the action in the context window: tokens that the policy did not choose. Empty
     *     exactly if the episode is over
     * @param reward for this action, finite
     * @param done whether the episode is over
     * @param note what happened, for people who read the rollout; the policy never sees it
     */
    record Step(String state, double reward, boolean done, String note) {
        /** A step of which there is nothing to say. */
        public Step(String state, double reward, boolean done) {
            this(state, reward, done, "");
        }

        /** The episode continues. */
        public static Step next(String state, double reward) {
            return new Step(state, reward, false);
        }

        /** The last step of an episode. */
        public static Step last(double reward, String note) {
            return new Step("", reward, true, note);
        }
    }

    /** Begins an episode; answers the first state: the prompt. */
    String reset(long seed);

    /** Takes an action: the text that the policy generated since the last state. */
    Step step(String action);

    /**
     * Frees what the environment holds, such as a process or a connection. Called once, when its last episode is over; also
     * while a call hangs, from another thread.
     */
    @Override
    default void close() {}
}
