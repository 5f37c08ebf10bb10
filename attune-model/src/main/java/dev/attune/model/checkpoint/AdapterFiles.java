package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Refuses model directories that contain adapters beside a model, or adapters that Attune cannot apply: transformers applies
 * them when it loads the directory, and the model would be another one.
 */
final class AdapterFiles {
    private static final Pattern NAME = Pattern.compile("adapter_config\\.json"
            + "|(adapter_model|adapters?|pytorch_lora_weights)([.-].*)?\\.(safetensors|bin|pt|pth|npz)"
            + "|non_lora_trainables\\.bin");

    private AdapterFiles() {}

    /** @throws BadInputException naming the first adapter file of the directory */
    static void refuse(Path directory) {
        Optional<String> file = first(directory);
        if (file.isPresent()) {
            throw BadInputException.at(
                    directory.resolve(file.get()).toString(),
                    "an adapter that is beside a model, names no base, or is not LoRA in PEFT's format",
                    "a model with complete weights",
                    "merge the adapter into its base model (PEFT: merge_and_unload, then save_pretrained),"
                            + " or move the adapter's files away to use the base model alone");
        }
    }

    private static Optional<String> first(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new BadInputException(
                    directory + ": cannot be read: " + e.getMessage() + "; check the directory and its permissions", e);
        }
    }
}
