package dev.attune.feedback.run;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A requested run.
 *
 * @param folder its folder, as an absolute path
 * @param started when it was last claimed; null if never
 * @param worker its process; null until known
 * @param message the error if it failed; empty otherwise
 */
public record Run(
        String id,
        Plan plan,
        String folder,
        State state,
        @Nullable Long started,
        @Nullable Worker worker,
        String message,
        String author,
        long created,
        @Nullable Long ended) {
    /** The state of the run. */
    public enum State {
        QUEUED,
        RUNNING,
        STOPPING,
        STOPPED,
        FINISHED,
        FAILED;

        private static final Set<State> OVER = Set.of(STOPPED, FINISHED, FAILED);

        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        /** Whether it has ended: no process works on it or will do so without a request. */
        public boolean over() {
            return OVER.contains(this);
        }

        /** Whether it can be resumed. */
        public boolean resumable() {
            return this == STOPPED || this == FAILED;
        }
    }

    /**
     * The request for a run.
     *
     * @param project the project with its rankings or prompts; null for none
     * @param method as in recipes
     * @param parent the run with its initial model; null for none
     */
    public record Plan(
            @Nullable String project,
            String method,
            @Nullable String parent,
            Material material) {}

    /** The data file of a run: number of lines, and hash of its bytes. */
    public record Material(long rows, String sha256) {}

    /**
     * A process, identified by its number and the time of its start in milliseconds since 1970, because numbers are
     * reused.
     */
    public record Worker(long pid, long start) {}
}
