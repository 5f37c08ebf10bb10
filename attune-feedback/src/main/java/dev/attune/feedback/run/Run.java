package dev.attune.feedback.run;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run that was asked for.
 *
 * @param folder where everything of it lies, as an absolute path
 * @param started when it was claimed last; null if it never was
 * @param worker its process; null until that is known
 * @param message why it failed; empty otherwise
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
    /** The state of the work. */
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

        /** Whether no process works on it, and none will unless somebody asks. */
        public boolean over() {
            return OVER.contains(this);
        }

        /** Whether it can be asked to continue. */
        public boolean resumable() {
            return this == STOPPED || this == FAILED;
        }
    }

    /**
     * What is to be trained.
     *
     * @param project whose rankings or prompts it learns from; null for none
     * @param method as in recipes
     * @param parent the run whose model it builds on; null for none
     */
    public record Plan(
            @Nullable String project,
            String method,
            @Nullable String parent,
            Material material) {}

    /** The file that it learns from: how many lines, and the hash of its bytes. */
    public record Material(long rows, String sha256) {}

    /** A process: numbers come again, so it is known by the time of its start as well, in milliseconds since 1970. */
    public record Worker(long pid, long start) {}
}
