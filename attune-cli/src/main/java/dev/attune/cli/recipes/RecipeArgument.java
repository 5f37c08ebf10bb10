package dev.attune.cli.recipes;

import dev.attune.cli.command.Nearest;
import dev.attune.core.error.BadInputException;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code attune train}: a recipe with overrides, and the run directory.
 *
 * @param out the run directory: {@code out=DIR}, or {@code runs/NAME} by the recipe's name
 */
public record RecipeArgument(RecipeFile recipe, Path out) {
    private static final String OUT = "out";

    /** Reads the recipe and validates it as a whole; nothing is loaded. */
    public static RecipeArgument of(List<String> arguments) {
        if (arguments.isEmpty() || (arguments.get(0).contains("=") && !Files.exists(Path.of(arguments.get(0))))) {
            throw BadInputException.at(
                    "attune train",
                    "no recipe",
                    "a file or a built-in name",
                    "'attune recipes list' names the built-in ones");
        }
        String given = arguments.get(0);
        Map<String, String> changes = KeyValues.of("attune train", arguments.subList(1, arguments.size()));
        String out = changes.remove(OUT);
        Path file = Path.of(given);
        if (Files.isRegularFile(file)) {
            return new RecipeArgument(RecipeReader.read(file, changes), out(out, name(file)));
        }
        Optional<BuiltInRecipe> builtIn = BuiltInRecipe.find(given);
        if (builtIn.isPresent()) {
            String place = "built-in recipe " + given;
            return new RecipeArgument(RecipeReader.parse(place, builtIn.get().yaml(), changes), out(out, given));
        }
        throw BadInputException.at(
                given,
                Files.isDirectory(file) ? "a directory" : "no such file and no built-in recipe of that name",
                "a recipe",
                "the nearest built-in one is '"
                        + Nearest.to(
                                given,
                                BuiltInRecipe.all().stream()
                                        .map(BuiltInRecipe::name)
                                        .toList())
                        + "', 'attune recipes list' shows all");
    }

    private static Path out(@org.jspecify.annotations.Nullable String named, String recipe) {
        return named == null ? Path.of("runs", recipe) : Path.of(named);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    }
}
