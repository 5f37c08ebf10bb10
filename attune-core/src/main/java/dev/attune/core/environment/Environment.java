package dev.attune.core.environment;

/**
 * A reinforcement learning environment whose states and actions are texts. An episode begins with {@link #reset} and
 * continues with {@link #step} until a step is done; then it may be reset again. The same seed and actions give the
 * same episode. Used by one thread at a time, but not always by the same one.
 *
 * <p>An invalid action is not an error: the environment decides on its effect and returns it in the {@link Step}. An
 * exception from an environment ends the episode and is recorded as a fault of the environment.
 */
public interface Environment extends AutoCloseable {
    /**
     * The result of an action.
     *
     * @param state the text that follows the action in the context window: tokens that the policy did not choose. Empty
     *     exactly if the episode is over
     * @param reward for this action, finite
     * @param done whether the episode is over
     * @param note what happened, for readers of the rollout; the policy never sees it
     */
    record Step(String state, double reward, boolean done, String note) {
        /** A step without a note. */
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

    /** Starts an episode; returns the first state, which is the prompt. */
    String reset(long seed);

    /** Takes an action: the text that the policy generated since the last state. */
    Step step(String action);

    /**
     * Releases resources of the environment, such as a process or a connection. Called once, when its last episode is
     * over; also while a call hangs, from another thread.
     */
    @Override
    default void close() {}
}
