package dev.attune.training.environment;

import dev.attune.core.environment.Environment;
import org.jspecify.annotations.Nullable;

/**
 * What an environment promises about states and steps. Each check answers what is wrong, or null.
 *
 * @param maxState the most characters of a state
 */
public record Contract(int maxState) {
    /** Of the state that begins an episode, or one that goes on. */
    public @Nullable String ofState(@Nullable String state) {
        if (state == null || state.isEmpty()) {
            return "gave an empty state though the episode goes on";
        }
        return state.length() > maxState
                ? "gave a state of " + state.length() + " characters, at most " + maxState + " are allowed"
                : null;
    }

    public @Nullable String ofStep(Environment.@Nullable Step step) {
        if (step == null) {
            return "gave no step";
        }
        if (!Double.isFinite(step.reward())) {
            return "gave the reward " + step.reward();
        }
        if (!step.done()) {
            return ofState(step.state());
        }
        return step.state() == null || step.state().isEmpty()
                ? null
                : "said that the episode is over and went on with a state";
    }
}
