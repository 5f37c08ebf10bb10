package dev.attune.feedback.run;

import java.util.Locale;

/**
 * New completions of a project's prompts, which become tasks.
 *
 * @param run whose policy writes them
 * @param tasks how many there are of them, once it is finished
 * @param message why it failed; empty otherwise
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
    /** The state of the work. */
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
     * What is to be written.
     *
     * @param policy the address of the new model
     * @param before the address of the model that it was trained from
     * @param prompts how many of the project's, at most
     * @param completions of each prompt by both models together
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
