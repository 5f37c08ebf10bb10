package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model that an admin registered.
 *
 * @param name a name of its own for ever, which completions keep
 * @param model its name on the server; null for directories
 * @param keyVariable the environment variable that holds the server's key, if it needs one
 * @param retired whether it is only remembered
 */
public record Endpoint(
        String id,
        String name,
        Kind kind,
        String address,
        @Nullable String model,
        @Nullable String keyVariable,
        boolean retired) {
    /** What stands behind it. */
    public enum Kind {
        /** A language model's directory on this machine. */
        DIRECTORY,
        /** A reward model's directory on this machine. */
        REWARD,
        /** A server that speaks OpenAI's protocol. */
        ENDPOINT;

        public String configName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws BadInputException if there is no such kind */
        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.configName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> BadInputException.at(
                            "kind", "'" + word + "'", "directory, reward or endpoint", "choose one of these"));
        }
    }

    /** Whether it writes completions; otherwise it scores them. */
    public boolean writes() {
        return kind != Kind.REWARD;
    }

    /** A new one as an admin describes it. */
    public record Plan(
            String name,
            Kind kind,
            String address,
            @Nullable String model,
            @Nullable String keyVariable) {}
}
