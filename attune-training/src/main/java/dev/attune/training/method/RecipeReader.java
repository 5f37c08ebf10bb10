package dev.attune.training.method;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.NearestKey;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Overrides;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.settings.YamlTree;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.recipe.StageReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recipe and validates it as a whole; no model and no data is loaded. Overrides and references to stages are
 * applied to the tree, so that methods read only final values. Faults name the file, the line, the key and the remedy.
 */
public final class RecipeReader {
    private final String file;

    private RecipeReader(String file) {
        this.file = file;
    }

    /** @param overrides such as {@code kl.coefficient} to {@code 0}; in a staged recipe they start with the stage's name */
    public static RecipeFile read(Path path, Map<String, String> overrides) {
        try {
            return parse(path.toString(), Files.readString(path), overrides);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(path.toString(), "no such file", "a recipe", "check the path");
        } catch (IOException e) {
            throw BadInputException.at(
                    path.toString(), String.valueOf(e.getMessage()), "a readable recipe", "check the file");
        }
    }

    /** @param file the name for messages */
    public static RecipeFile parse(String file, String text, Map<String, String> overrides) {
        Node tree = Overrides.apply(YamlTree.parse(file, text), overrides);
        RecipeReader reader = new RecipeReader(file);
        if (tree instanceof Node.Section section && section.entries().containsKey("stages")) {
            return reader.staged(tree);
        }
        return new RecipeFile.Single(recipe(new RecipePlace(file, ""), tree));
    }

    /**
     * A stage's recipe once the stages before it are complete.
     *
     * @param models the directories of their models, by stage
     */
    public static ConfiguredMethod<?> resolved(RecipeFile.Stage stage, Map<String, String> models) {
        return recipe(stage.place(), StageReferences.resolve(stage.tree(), models));
    }

    private RecipeFile staged(Node tree) {
        SectionReader fields = new SectionReader(file, "", tree);
        Node seed = fields.node("seed");
        List<RecipeFile.Stage> stages = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Node item : fields.items("stages")) {
            RecipeFile.Stage stage = stage(item, stages.size(), seed);
            if (!names.add(stage.name())) {
                throw BadInputException.at(
                        place(item), "a second stage '" + stage.name() + "'", "a name of its own", "rename it");
            }
            checkReferences(stage.tree(), names, item);
            stages.add(stage);
        }
        fields.finish();
        return new RecipeFile.Staged(List.copyOf(stages));
    }

    private RecipeFile.Stage stage(Node item, int index, @Nullable Node seed) {
        if (!(item instanceof Node.Section section)) {
            throw BadInputException.at(place(item), item.kind(), "a stage's recipe", "write its keys");
        }
        Map<String, Node> entries = new LinkedHashMap<>(section.entries());
        Node name = entries.remove("name");
        if (!(name instanceof Node.Scalar scalar) || !scalar.text().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw BadInputException.at(
                    place(item),
                    "a stage without a usable name",
                    "a name of letters, digits, '.', '_' and '-'",
                    "add 'name: NAME'");
        }
        if (seed != null) {
            entries.putIfAbsent("seed", seed);
        }
        RecipePlace place = new RecipePlace(file, "stages." + index);
        Node tree = new Node.Section(entries, section.line());
        return new RecipeFile.Stage(
                scalar.text(), place, tree, recipe(place, tree).recipe());
    }

    private static ConfiguredMethod<?> recipe(RecipePlace place, Node tree) {
        SectionReader fields = new SectionReader(place.file(), place.path(), tree);
        Methods methods = Methods.registered();
        String name = fields.requiredText(RunSettings.METHOD, String.join(" or ", methods.names()));
        if (methods.find(name) == null) {
            methods = Methods.of(existing(fields.texts(RunSettings.PLUGINS)));
        }
        TrainingMethod<?> method = methods.find(name);
        if (method == null) {
            throw fields.invalid(
                    RunSettings.METHOD,
                    "'" + name + "'",
                    String.join(" or ", methods.names()),
                    "did you mean '" + NearestKey.to(name, methods.names()) + "'?");
        }
        return configured(method, fields);
    }

    /** A jar that is missing is reported when the run is opened; here the name of the method is the fault. */
    private static List<String> existing(List<String> plugins) {
        return plugins.stream().filter(plugin -> Files.exists(Path.of(plugin))).toList();
    }

    private static <R extends Recipe> ConfiguredMethod<R> configured(TrainingMethod<R> method, SectionReader fields) {
        R recipe = method.read(fields);
        fields.finish();
        return new ConfiguredMethod<>(method, recipe);
    }

    private void checkReferences(Node tree, Set<String> names, Node item) {
        for (String location : StageReferences.of(tree)) {
            if (!names.contains(location)) {
                throw BadInputException.at(
                        place(item),
                        "stage:" + location,
                        names.isEmpty() ? "an earlier stage, and this is the first" : "one of " + names,
                        "name a stage above this one");
            }
        }
    }

    private String place(Node node) {
        return node.line() > 0 ? file + ":" + node.line() : file;
    }
}
