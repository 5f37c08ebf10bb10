package dev.attune.training.recipe;

import dev.attune.core.error.BadInputException;
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
import java.util.function.Function;

/** Reads a recipe and validates it as a whole; nothing is loaded. Faults name the file, the line, the key and the remedy. */
public final class RecipeReader {
    private static final Map<String, Function<SectionReader, Recipe>> METHODS = methods();
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
        return new RecipeFile.Single(reader.recipe("", tree));
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
            checkReferences(stage.recipe(), names, item);
            stages.add(stage);
        }
        fields.finish();
        return new RecipeFile.Staged(List.copyOf(stages));
    }

    private RecipeFile.Stage stage(Node item, int index, @org.jspecify.annotations.Nullable Node seed) {
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
        Node recipe = new Node.Section(entries, section.line());
        return new RecipeFile.Stage(scalar.text(), recipe("stages." + index, recipe));
    }

    private Recipe recipe(String path, Node tree) {
        SectionReader fields = new SectionReader(file, path, tree);
        String method = fields.requiredText("method", String.join(" or ", METHODS.keySet()));
        Function<SectionReader, Recipe> reader = METHODS.get(method);
        if (reader == null) {
            throw fields.invalid(
                    "method",
                    "'" + method + "'",
                    String.join(" or ", METHODS.keySet()),
                    "did you mean '" + NearestKey.to(method, METHODS.keySet()) + "'?");
        }
        Recipe recipe = reader.apply(fields);
        fields.finish();
        return recipe;
    }

    private void checkReferences(Recipe recipe, Set<String> names, Node item) {
        for (String location : StageReferences.of(recipe)) {
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

    private static Map<String, Function<SectionReader, Recipe>> methods() {
        Map<String, Function<SectionReader, Recipe>> methods = new LinkedHashMap<>();
        methods.put(SftRecipe.METHOD, SftRecipe::read);
        methods.put(RewardRecipe.METHOD, RewardRecipe::read);
        methods.put(PpoRecipe.METHOD, PpoRecipe::read);
        return methods;
    }
}
