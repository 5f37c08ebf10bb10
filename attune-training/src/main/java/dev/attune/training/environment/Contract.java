package dev.attune.training.environment;

import dev.attune.core.environment.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the states and steps that an environment returns. Each returns a description of the problem, or null.
 *
 * @param maxState the largest number of characters of a state
 */
public record Contract(int maxState) {
    /** Checks the first state of an episode, or that of a step that is not done. */
    public @Nullable String ofState(@Nullable String state) {
        if (state == null || state.isEmpty()) {
            return "returned an empty state although the episode is not over";
        }
        return state.length() > maxState
                ? "returned a state of " + state.length() + " characters, at most " + maxState + " are allowed"
                : null;
    }

    public @Nullable String ofStep(Environment.@Nullable Step step) {
        if (step == null) {
            return "returned no step";
        }
        if (!Double.isFinite(step.reward())) {
            return "returned the reward " + step.reward();
        }
        if (!step.done()) {
            return ofState(step.state());
        }
        return step.state() == null || step.state().isEmpty() ? null : "returned done: true with a state";
    }
}
