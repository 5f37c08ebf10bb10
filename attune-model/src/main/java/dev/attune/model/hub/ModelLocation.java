package dev.attune.model.hub;

import java.nio.file.Path;

/** Where a model is: a directory as it stands, or {@code hf:owner/name}, which is fetched first. */
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
     * @throws dev.attune.core.error.BadInputException where the hub has no such model, or none is configured
     */
    public static Path resolve(String name) {
        return isHub(name) ? Hub.fromEnvironment(name).fetch(name.substring(HUB.length())) : Path.of(name);
    }
}
