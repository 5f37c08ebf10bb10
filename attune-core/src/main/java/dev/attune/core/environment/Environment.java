package dev.attune.core.environment;

/**
 * A world that answers text with text. An episode begins with {@link #reset} and goes on with {@link #step} until a step is
 * done; then it may be reset again. The same seed and actions give the same episode. Used by one thread at a time.
 */
public interface Environment {
    /**
     * What an action led to.
     *
     * @param state the text that follows the action in the context window: tokens that the policy did not choose
     * @param reward for this action
     * @param done whether the episode is over; then {@code state} may be empty
     */
    record Step(String state, double reward, boolean done) {}

    /** Begins an episode; answers the first state: the prompt. */
    String reset(long seed);

    /** Takes an action: the text that the policy generated since the last state. */
    Step step(String action);
}
