package dev.attune.studio.loop;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.studio.run.FoundRun;
import dev.attune.studio.run.RunCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Initial models for training: those of complete runs, and any that an admin names. */
public final class ModelChoices {
    private final RunCatalog catalog;

    public ModelChoices(RunCatalog catalog) {
        this.catalog = catalog;
    }

    /** The models' directories, by name of their runs. */
    public List<String> offered() {
        return catalog.all().stream()
                .filter(FoundRun::complete)
                .map(FoundRun::model)
                .filter(ModelChoices::generates)
                .map(Path::toString)
                .distinct()
                .toList();
    }

    /** Whether the configuration is readable and not that of a reward model, which is a classifier. */
    private static boolean generates(Path model) {
        try {
            return !Json.readTree(model.resolve("config.json"))
                    .path("architectures")
                    .toString()
                    .contains("SequenceClassification");
        } catch (BadInputException unreadable) {
            return false;
        }
    }

    /**
     * Checks the chosen model.
     *
     * @param any whether models that are not offered are allowed
     * @throws BadInputException if it may not be used, or is not there
     */
    public String require(String address, boolean any) {
        if (offered().contains(address)) {
            return address;
        }
        if (!any) {
            throw BadInputException.at(
                    "model", "'" + address + "'", "one that is offered", "choose an offered model, or ask an admin");
        }
        if (address.startsWith("hf:")) {
            return address;
        }
        Path directory = Path.of(address).toAbsolutePath().normalize();
        if (address.isBlank() || !Files.isRegularFile(directory.resolve("config.json"))) {
            throw BadInputException.at(
                    "model",
                    address.isBlank() ? "nothing" : "'" + address + "', without a config.json",
                    "a model directory on the studio's machine, or hf:owner/name",
                    "check the path");
        }
        return directory.toString();
    }
}
