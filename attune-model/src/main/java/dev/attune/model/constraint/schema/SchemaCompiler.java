package dev.attune.model.constraint.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Takes a schema apart. */
public final class SchemaCompiler {
    private final Document document;
    private final SchemaNodes nodes = new SchemaNodes();
    private final Algebra algebra = new Algebra(nodes);
    private final Set<Node> open = new LinkedHashSet<>();
    private final Keywords keywords;

    private SchemaCompiler(JsonNode schema) {
        document = new Document(schema);
        keywords = new Keywords(this);
    }

    /**
     * The values that a schema allows.
     *
     * @param levels the most arrays and objects in one another
     * @throws UnsupportedSchemaException if it cannot be told, or no value is valid
     */
    public static Node compile(JsonNode schema, int levels) {
        SchemaCompiler compiler = new SchemaCompiler(schema);
        Node root = compiler.schema("");
        try {
            compiler.finish(levels);
        } catch (IllegalStateException e) {
            throw new UnsupportedSchemaException(
                    "schema", "", String.valueOf(e.getMessage()), "make the schema simpler");
        }
        return root;
    }

    private void finish(int levels) {
        reach(schema(""));
        List<Node> order = nodes.order().stream().filter(Node::isDone).toList();
        for (int level = 0; level <= levels; level++) {
            boolean changed = false;
            int[] found = new int[order.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = order.get(i).shapes().distance(level);
            }
            for (int i = 0; i < found.length; i++) {
                changed |= level == 0 || order.get(i).last() != found[i];
                order.get(i).add(found[i]);
            }
            if (!changed) {
                return;
            }
        }
    }

    /** Takes apart all that values of the root can have in them. */
    private void reach(Node root) {
        Set<Node> seen = new LinkedHashSet<>(List.of(root));
        List<Node> waiting = new ArrayList<>(seen);
        while (!waiting.isEmpty()) {
            for (Node child : children(shapes(waiting.remove(waiting.size() - 1)))) {
                if (seen.add(child)) {
                    waiting.add(child);
                }
            }
        }
    }

    private static List<Node> children(Shapes shapes) {
        List<Node> children = new ArrayList<>();
        shapes.arrays().forEach(array -> children.addAll(array.children()));
        shapes.objects().forEach(object -> children.addAll(object.children()));
        return children;
    }

    Document document() {
        return document;
    }

    SchemaNodes nodes() {
        return nodes;
    }

    Algebra algebra() {
        return algebra;
    }

    /** What the schema at a pointer asks. */
    Node schema(String pointer) {
        JsonNode part = document.part(pointer);
        return part.isBoolean() ? part.booleanValue() ? nodes.all() : nodes.none() : nodes.of(new Ask.Schema(pointer));
    }

    Shapes shapes(String pointer) {
        return shapes(schema(pointer));
    }

    /** The values of a node, of which its own are not asked meanwhile. */
    Shapes shapes(Node node) {
        if (node.isDone()) {
            return node.shapes();
        }
        if (!open.add(node)) {
            throw new UnsupportedSchemaException(
                    "$ref", pointer(node), "leads back to itself without a value between", "remove the loop");
        }
        try {
            Shapes shapes = compute(node);
            node.set(shapes);
            return shapes;
        } finally {
            open.remove(node);
        }
    }

    private static String pointer(Node node) {
        return node.ask() instanceof Ask.Schema schema ? schema.pointer() : "";
    }

    private Shapes compute(Node node) {
        Ask ask = node.ask();
        if (ask instanceof Ask.Schema schema) {
            return keywords.shapes(new Place(schema.pointer(), document.part(schema.pointer())));
        }
        if (ask instanceof Ask.Value value) {
            return Constants.shapes(value.value(), nodes);
        }
        if (ask instanceof Ask.Not not) {
            return algebra.not(shapes(not.of()));
        }
        Shapes both = ask instanceof Ask.None ? Shapes.NONE : algebra.all();
        if (ask instanceof Ask.Every every) {
            for (Node part : every.parts()) {
                both = algebra.and(both, shapes(part));
            }
        }
        return both;
    }

    /** Whether surely no value is of both, as far as a few levels tell. */
    boolean disjoint(Node a, Node b) {
        return empty(nodes.and(a, b), 3);
    }

    private boolean empty(Node node, int levels) {
        try {
            return empty(shapes(node), levels);
        } catch (UnsupportedSchemaException e) {
            return false; // part of what is being taken apart, or refused when its turn comes
        }
    }

    private boolean empty(Shapes shapes, int levels) {
        return !shapes.isNull()
                && !shapes.isTrue()
                && !shapes.isFalse()
                && shapes.texts().isEmpty()
                && shapes.numbers().stream().allMatch(number -> !number.text().begins(""))
                && shapes.arrays().stream().allMatch(array -> levels > 0 && empty(array, levels))
                && shapes.objects().stream().allMatch(object -> levels > 0 && empty(object, levels));
    }

    private boolean empty(ArrayShape array, int levels) {
        if (array.max() >= 0 && array.max() < array.min()) {
            return true;
        }
        for (int i = 0; i < Math.min(array.min(), array.prefix().size()); i++) {
            if (empty(array.prefix().get(i), levels - 1)) {
                return true;
            }
        }
        return array.min() > array.prefix().size() && empty(array.rest(), levels - 1);
    }

    private boolean empty(ObjectShape object, int levels) {
        long required = object.properties().stream()
                .filter(ObjectShape.Property::required)
                .count();
        return (object.max() >= 0 && Math.max(required, object.min()) > object.max())
                || object.properties().stream()
                        .anyMatch(property -> property.required() && empty(property.value(), levels - 1));
    }
}
