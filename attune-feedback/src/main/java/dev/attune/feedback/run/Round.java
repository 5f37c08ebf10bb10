package dev.attune.feedback.run;

import java.util.Locale;

/**
 * A round of new completions of a project's prompts, which become tasks.
 *
 * @param run the run with the policy that generates them
 * @param tasks their number, once the round is finished
 * @param message the error if it failed; empty otherwise
 */
public record Round(
        String id,
        String project,
        String run,
        Request request,
        State state,
        int tasks,
        String message,
        String author,
        long created) {
    /** The state of the round. */
    public enum State {
        QUEUED,
        RUNNING,
        FINISHED,
        FAILED;

        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The request for a round.
     *
     * @param policy the address of the new model
     * @param before the address of the model that it was trained from
     * @param prompts maximum number of the project's prompts
     * @param completions completions per prompt, by both models together
     */
    public record Request(
            String policy,
            String before,
            int prompts,
            int completions,
            int maxNewTokens,
            double temperature,
            long seed) {}
}
