package dev.attune.training.recipe;

import dev.attune.core.settings.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Values of the form {@code stage:NAME}, which stand for the model of an earlier stage. They are found and replaced in the
 * recipe's tree, before a method reads it, so that any key of any method may hold one.
 */
public final class StageReferences {
    private static final String PREFIX = "stage:";

    private StageReferences() {}

    /** The names of the stages that a tree refers to. */
    public static List<String> of(Node tree) {
        List<String> names = new ArrayList<>();
        map(tree, name -> {
            names.add(name);
            return PREFIX + name;
        });
        return names;
    }

    /** The tree with each reference replaced by the directory of the stage's model. */
    public static Node resolve(Node tree, Map<String, String> models) {
        return map(tree, name -> Objects.requireNonNull(models.get(name), name));
    }

    private static Node map(Node node, UnaryOperator<String> location) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().startsWith(PREFIX)
                    ? scalar.withText(location.apply(scalar.text().substring(PREFIX.length())))
                    : scalar;
        }
        if (node instanceof Node.Items items) {
            return new Node.Items(
                    items.values().stream().map(item -> map(item, location)).toList(), items.line());
        }
        Node.Section section = (Node.Section) node;
        Map<String, Node> entries = new LinkedHashMap<>();
        section.entries().forEach((key, value) -> entries.put(key, map(value, location)));
        return new Node.Section(entries, section.line());
    }
}
