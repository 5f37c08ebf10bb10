package dev.attune.core.settings;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies {@code key=value} overrides of the command line to a tree of settings, before it is validated. */
public final class Overrides {
    private Overrides() {}

    public static Node apply(Node tree, Map<String, String> overrides) {
        Node result = tree;
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            Node value = value(override.getKey(), override.getValue());
            result = set(result, List.of(override.getKey().split("\\.")), value, override.getKey());
        }
        return result;
    }

    private static Node value(String key, String text) {
        return text.isBlank() ? new Node.Scalar("", true, 0) : withoutLines(YamlTree.parse("argument " + key, text));
    }

    private static Node set(Node tree, List<String> path, Node value, String key) {
        if (path.isEmpty()) {
            return value;
        }
        String head = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (tree instanceof Node.Items items) {
            return inItems(items, head, rest, value, key);
        }
        if (tree instanceof Node.Scalar scalar && !scalar.isNull()) {
            throw BadInputException.at(
                    "argument " + key, tree.kind(), "a section above '" + head + "'", "check the key");
        }
        Map<String, Node> entries =
                tree instanceof Node.Section section ? new LinkedHashMap<>(section.entries()) : new LinkedHashMap<>();
        if (entries.get("stages") instanceof Node.Items && !head.equals("stages") && !rest.isEmpty()) {
            entries.put("stages", set(entries.get("stages"), path, value, key));
        } else {
            Node inner = entries.getOrDefault(head, new Node.Section(Map.of(), tree.line()));
            entries.put(head, set(inner, rest, value, key));
        }
        return new Node.Section(entries, tree.line());
    }

    /** An item is found by its index, from 0, or by its name. */
    private static Node inItems(Node.Items items, String head, List<String> rest, Node value, String key) {
        List<Node> values = new ArrayList<>(items.values());
        for (int i = 0; i < values.size(); i++) {
            if (head.equals(Integer.toString(i)) || head.equals(name(values.get(i)))) {
                values.set(i, set(values.get(i), rest, value, key));
                return new Node.Items(values, items.line());
            }
        }
        throw BadInputException.at(
                "argument " + key,
                "'" + head + "'",
                "an item's index, from 0 to " + (values.size() - 1) + ", or its name",
                "check the key");
    }

    private static String name(Node node) {
        return node instanceof Node.Section section && section.entries().get("name") instanceof Node.Scalar scalar
                ? scalar.text()
                : "";
    }

    private static Node withoutLines(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return new Node.Scalar(scalar.text(), scalar.isNull(), 0);
        }
        if (node instanceof Node.Items items) {
            return new Node.Items(
                    items.values().stream().map(Overrides::withoutLines).toList(), 0);
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        ((Node.Section) node).entries().forEach((name, value) -> entries.put(name, withoutLines(value)));
        return new Node.Section(entries, 0);
    }
}
