package dev.attune.cli.quickstart;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The base model that ships with Attune: pretrained on the world's corpus by {@code attune lab pretrain}. */
public final class BuiltInModel {
    private static final String RESOURCES = "/builtin/model/";
    private static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors");

    private BuiltInModel() {}

    /** Writes the model as a Hugging Face directory; one that is complete stays as it is. */
    public static void unpack(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String file : FILES) {
                unpack(file, directory.resolve(file));
            }
        } catch (IOException e) {
            throw new RunFailedException(directory + ": cannot write the built-in model: " + e.getMessage(), e);
        }
    }

    private static void unpack(String name, Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try (InputStream in = BuiltInModel.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new RunFailedException("this build of Attune lacks its resource " + RESOURCES + name);
            }
            AtomicFiles.write(file, in::transferTo);
        }
    }
}
