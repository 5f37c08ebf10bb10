package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sampling job: completions are sampled for prompts of a project.
 *
 * @param message the error if it failed; empty otherwise
 */
public record SamplingJob(String id, String project, State state, Plan plan, String message, String author) {
    /** The state of the job. */
    public enum State {
        RUNNING,
        STOPPED,
        FAILED,
        DONE;

        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The request for a sampling job.
     *
     * @param models ids of the models that generate, in turn
     * @param completions completions per task
     * @param reward the id of a reward model that selects them among twice as many; null for none
     * @param lookahead number of open tasks to keep ready for labelers; null samples all at once
     */
    public record Plan(
            List<String> models,
            int completions,
            @Nullable String reward,
            double temperature,
            int maxNewTokens,
            long seed,
            @Nullable Integer lookahead) {
        private static final int MAX_LOOKAHEAD = 100;

        public Plan {
            models = List.copyOf(models);
        }

        /** The number of completions sampled per prompt. */
        public int candidates() {
            return reward == null ? completions : 2 * completions;
        }

        public SamplingOptions options() {
            return SamplingSettings.options(temperature, maxNewTokens);
        }

        void require() {
            within("models", models.size(), 1, Tasks.MAX_COMPLETIONS);
            within("completions", completions, Tasks.MIN_COMPLETIONS, Tasks.MAX_COMPLETIONS);
            options();
            if (lookahead != null) {
                within("lookahead", lookahead, 1, MAX_LOOKAHEAD);
            }
        }

        private static void within(String what, int found, int min, int max) {
            if (found < min || found > max) {
                throw BadInputException.at(what, Integer.toString(found), min + " to " + max, "change it");
            }
        }
    }

    /** The progress of a job. */
    public record Progress(int waiting, int done, int failed) {
        public int all() {
            return waiting + done + failed;
        }
    }

    /** A waiting prompt. */
    public record Waiting(int number, Prompt prompt) {}
}
