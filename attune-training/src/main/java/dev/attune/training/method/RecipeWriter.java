package dev.attune.training.method;

import dev.attune.core.settings.YamlText;
import dev.attune.training.recipe.Recipe;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes a recipe with every key, those with default values too; reading it back gives the same recipe. */
public final class RecipeWriter {
    private static final YAMLMapper MAPPER = YamlText.mapper();

    /** The keys that a reader of a recipe looks for first. */
    private static final List<String> FIRST = List.of(
            "method",
            "model",
            "reference",
            "template",
            "template_options",
            "template_date",
            "special_words",
            "reward",
            "head",
            "trainable",
            "data");

    /** The keys of the run as a whole, which follow those of the method. */
    private static final List<String> LAST = List.of(
            "epochs",
            "steps",
            "optimizer",
            "evaluate",
            "checkpoint",
            "rollouts",
            "precision",
            "save_dtype",
            "lora",
            "gradient_checkpointing",
            "plugins",
            "seed");

    private RecipeWriter() {}

    public static String yaml(Recipe recipe) {
        ObjectNode written = MAPPER.valueToTree(recipe);
        ObjectNode ordered = MAPPER.createObjectNode();
        move(written, ordered, FIRST);
        List<String> own = written.propertyNames().stream()
                .filter(key -> !LAST.contains(key))
                .toList();
        move(written, ordered, own);
        move(written, ordered, LAST);
        return MAPPER.writeValueAsString(ordered);
    }

    private static void move(ObjectNode from, ObjectNode to, List<String> keys) {
        for (String key : keys) {
            JsonNode value = from.remove(key);
            if (value != null) {
                to.set(key, value);
            }
        }
    }
}
