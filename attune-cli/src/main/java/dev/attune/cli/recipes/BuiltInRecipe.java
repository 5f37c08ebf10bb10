package dev.attune.cli.recipes;

import dev.attune.cli.command.Nearest;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Resources;
import java.util.List;
import java.util.Optional;

/**
 * A recipe that ships with Attune.
 *
 * @param name what {@code attune train NAME} takes
 * @param yaml the whole file; its first comment line says what the recipe does
 */
public record BuiltInRecipe(String name, String yaml) {
    private static final String FOLDER = "/recipes/";

    /** All of them, in reading order. */
    public static List<BuiltInRecipe> all() {
        return read("INDEX")
                .lines()
                .filter(name -> !name.isBlank())
                .map(BuiltInRecipe::load)
                .toList();
    }

    public static Optional<BuiltInRecipe> find(String name) {
        return all().stream().filter(recipe -> recipe.name().equals(name)).findFirst();
    }

    /** The recipe of this name, or an error that names the nearest one. */
    public static BuiltInRecipe named(String name) {
        return find(name)
                .orElseThrow(() -> new BadInputException("there is no built-in recipe '" + name
                        + "'; the nearest one is '"
                        + Nearest.to(
                                name, all().stream().map(BuiltInRecipe::name).toList())
                        + "', 'attune recipes list' shows all"));
    }

    /** The summary: one line. */
    public String summary() {
        return yaml.lines()
                .findFirst()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .orElse("");
    }

    private static BuiltInRecipe load(String name) {
        return new BuiltInRecipe(name, read(name + ".yaml"));
    }

    private static String read(String file) {
        return Resources.text(BuiltInRecipe.class, FOLDER + file);
    }
}
