package dev.attune.cli.aifeedback;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.settings.YamlText;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output directory of a job, which continues if it is started again with the same recipe. */
public record JobFolder(Path path) {
    private static final String RECIPE = "recipe.yaml";

    /** As {@link #begin(Object)}, and writes the constitution. */
    void begin(Object recipe, Constitution constitution) throws IOException {
        if (begin(recipe)) {
            ConstitutionFile.write(path.resolve("constitution.yaml"), constitution);
        }
    }

    /**
     * Writes the recipe into a new directory, and returns whether it is new; does nothing in one of the same recipe.
     *
     * @throws BadInputException if it is the output of another recipe, or holds other files
     */
    public boolean begin(Object recipe) throws IOException {
        Path recorded = path.resolve(RECIPE);
        String text = YamlText.of(recipe);
        if (Files.exists(recorded)) {
            require(Files.readString(recorded).equals(text), "the output of another recipe");
            return false;
        }
        if (Files.isDirectory(path)) {
            try (var files = Files.list(path)) {
                require(files.findAny().isEmpty(), "a directory that is not empty");
            }
        }
        Files.createDirectories(path);
        AtomicFiles.write(recorded, text);
        return true;
    }

    private void require(boolean usable, String found) {
        if (!usable) {
            throw BadInputException.at(
                    path.toString(),
                    found,
                    "an empty directory, or one of the same recipe and overrides",
                    "choose another one with out=DIR");
        }
    }

    public Path file(String name) {
        return path.resolve(name);
    }
}
