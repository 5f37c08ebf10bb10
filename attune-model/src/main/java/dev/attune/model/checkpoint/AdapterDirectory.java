package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.model.adapter.PeftFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory with an adapter alone, which is read as the model that it makes of the base it names, as in transformers.
 *
 * @param base directory of the base
 * @param reward whether the adapter has a score head
 */
record AdapterDirectory(Path directory, Path base, boolean reward) {
    /**
     * The adapter in a directory; empty if there is none, if it lies beside a whole model or is not in PEFT's format.
     *
     * @throws BadInputException if its base is not a directory of this machine
     */
    static Optional<AdapterDirectory> of(Path directory) {
        if (Files.exists(directory.resolve("config.json")) || !Files.exists(directory.resolve(PeftFiles.WEIGHTS))) {
            return Optional.empty();
        }
        return PeftFiles.identity(directory)
                .map(identity -> new AdapterDirectory(directory, base(directory, identity.base()), identity.reward()));
    }

    /** A relative path is resolved against the working directory, as in PEFT, or against the adapter's directory. */
    private static Path base(Path directory, String name) {
        for (Path place : new Path[] {Path.of(name), directory.resolve(name)}) {
            if (Files.isRegularFile(place.resolve("config.json"))) {
                return place;
            }
        }
        throw BadInputException.at(
                directory.resolve("adapter_config.json") + ", key base_model_name_or_path",
                "'" + name + "'",
                "the directory of a model",
                "fetch the base and name its directory there");
    }

    /** Where the tokenizer is: with the adapter, or with its base. */
    Path tokenizer() {
        return Files.exists(directory.resolve("tokenizer.json")) ? directory : base;
    }
}
