package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param name a permanently unique name, which completions refer to
 * @param model its name on the server; null for directories
 * @param keyVariable the environment variable with the server's API key, if it needs one
 * @param retired whether it is out of use
 */
public record Endpoint(
        String id,
        String name,
        Kind kind,
        String address,
        @Nullable String model,
        @Nullable String keyVariable,
        boolean retired) {
    /** The kind of model. */
    public enum Kind {
        /** A language model's directory on this machine. */
        DIRECTORY,
        /** A reward model's directory on this machine. */
        REWARD,
        /** A server with OpenAI's protocol. */
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

    /** Whether it generates completions; otherwise it scores them. */
    public boolean writes() {
        return kind != Kind.REWARD;
    }

    /** The description of a new model. */
    public record Plan(
            String name,
            Kind kind,
            String address,
            @Nullable String model,
            @Nullable String keyVariable) {}
}
