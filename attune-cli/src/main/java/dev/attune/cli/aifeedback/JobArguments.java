package dev.attune.cli.aifeedback;

import dev.attune.cli.recipes.KeyValues;
import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Overrides;
import dev.attune.core.settings.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a job of AI feedback: a recipe with overrides, and the output directory.
 *
 * @param place the recipe's file
 * @param tree of the recipe, with the overrides
 * @param out {@code out=DIR}, or {@code runs/NAME} by the recipe's name
 */
record JobArguments(String place, Node tree, Path out) {
    /**
     * Reads the recipe's file.
     *
     * @param command for messages
     * @throws BadInputException if there is no such file, it is not YAML, or an override is not key=value
     */
    static JobArguments of(String command, List<String> arguments) throws IOException {
        Path file = Path.of(arguments.get(0));
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString(), "no such file", "a recipe of " + command, "check the path");
        }
        Map<String, String> changes = KeyValues.of(command, arguments.subList(1, arguments.size()));
        String named = changes.remove("out");
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        Node tree = Overrides.apply(YamlTree.parse(file.toString(), Files.readString(file)), changes);
        return new JobArguments(file.toString(), tree, named == null ? Path.of("runs", name) : Path.of(named));
    }
}
