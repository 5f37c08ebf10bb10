package dev.attune.model.hub;

import dev.attune.core.error.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resolves the model names of recipes and the command line: a directory, or {@code hf:owner/name}, which is fetched
 * first.
 */
public final class ModelLocation {
    private static final String HUB = "hf:";

    private ModelLocation() {}

    /** Whether the name means a model on a hub. */
    public static boolean isHub(String name) {
        return name.startsWith(HUB);
    }

    /**
     * The directory of a model.
     *
     * @param name a directory, {@code hf:owner/name} or {@code hf:owner/name@revision}
     * @throws BadInputException if there is no such directory, the hub has no such model, or no hub is configured
     */
    public static Path resolve(String name) {
        return isHub(name) ? Hub.fromEnvironment(name).fetch(name.substring(HUB.length())) : directory(name);
    }

    private static Path directory(String name) {
        Path directory = Path.of(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        throw BadInputException.at(
                name,
                Files.exists(directory) ? "a file" : "no such directory",
                "a model's directory in Hugging Face's layout, or hf:owner/name",
                "check the path; relative ones start at the working directory");
    }
}
