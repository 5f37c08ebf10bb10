package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prompts of a project for which completions are sampled.
 *
 * @param message why it failed; empty otherwise
 */
public record SamplingJob(String id, String project, State state, Plan plan, String message, String author) {
    /** Whether it continues. */
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
     * What is sampled.
     *
     * @param models ids of those that write, in turn
     * @param completions how many each task has
     * @param reward the id of a reward model that chooses them among twice as many; null for none
     * @param lookahead how many tasks to keep ahead of the labelers; null samples all at once
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

        /** How many are sampled for a prompt. */
        public int candidates() {
            return reward == null ? completions : 2 * completions;
        }

        public SamplingOptions options() {
            return SamplingSettings.options(temperature, maxNewTokens);
        }

        void require() {
            within("models", models.size(), 1, Tasks.MOST);
            within("completions", completions, Tasks.FEWEST, Tasks.MOST);
            options();
            if (lookahead != null) {
                within("lookahead", lookahead, 1, MAX_LOOKAHEAD);
            }
        }

        private static void within(String what, int found, int least, int most) {
            if (found < least || found > most) {
                throw BadInputException.at(what, Integer.toString(found), least + " to " + most, "change it");
            }
        }
    }

    /** How far it is. */
    public record Progress(int waiting, int done, int failed) {
        public int all() {
            return waiting + done + failed;
        }
    }

    /** A prompt that waits. */
    public record Waiting(int number, Prompt prompt) {}
}
