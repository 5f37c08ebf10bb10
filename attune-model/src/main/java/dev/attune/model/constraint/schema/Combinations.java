package dev.attune.model.constraint.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keywords that apply other schemas to the same value. */
final class Combinations {
    private final SchemaCompiler compiler;
    private final SchemaNodes nodes;
    private final Algebra algebra;

    Combinations(SchemaCompiler compiler) {
        this.compiler = compiler;
        this.nodes = compiler.nodes();
        this.algebra = compiler.algebra();
    }

    Shapes apply(Place place, Shapes own) {
        Shapes shapes = own;
        shapes = step(place, "$ref", shapes, this::reference);
        shapes = step(place, "allOf", shapes, this::all);
        shapes = step(place, "anyOf", shapes, this::any);
        shapes = step(place, "oneOf", shapes, this::one);
        shapes = step(place, "not", shapes, at -> compiler.shapes(nodes.not(compiler.schema(at.at("not")))));
        shapes = step(place, "if", shapes, this::condition);
        shapes = step(place, "dependentRequired", shapes, this::dependentRequired);
        return step(place, "dependentSchemas", shapes, this::dependentSchemas);
    }

    private interface Step {
        Shapes shapes(Place place);
    }

    private Shapes step(Place place, String keyword, Shapes shapes, Step step) {
        if (!place.has(keyword)) {
            return shapes;
        }
        try {
            return algebra.and(shapes, step.shapes(place));
        } catch (IllegalStateException e) {
            throw place.refuse(keyword, String.valueOf(e.getMessage()));
        }
    }

    private Shapes reference(Place place) {
        if (!place.get("$ref").isString()) {
            throw place.malformed("$ref", "a reference");
        }
        String reference = place.get("$ref").stringValue();
        String target = compiler.document().target(place.pointer(), reference);
        if (target == null) {
            throw place.refuse(
                    "$ref", "leads to '" + reference + "', which is not in this schema", "put that schema under $defs");
        }
        return compiler.shapes(target);
    }

    private List<Node> schemas(Place place, String keyword) {
        List<Node> schemas = new ArrayList<>();
        for (int i = 0; i < place.list(keyword).size(); i++) {
            schemas.add(compiler.schema(place.at(keyword, i)));
        }
        if (schemas.isEmpty()) {
            throw place.malformed(keyword, "an array of schemas");
        }
        return schemas;
    }

    private Shapes all(Place place) {
        Shapes shapes = algebra.all();
        for (Node node : schemas(place, "allOf")) {
            shapes = algebra.and(shapes, compiler.shapes(node));
        }
        return shapes;
    }

    private Shapes any(Place place) {
        Shapes shapes = Shapes.NONE;
        for (Node node : schemas(place, "anyOf")) {
            shapes = algebra.or(shapes, compiler.shapes(node));
        }
        return shapes;
    }

    private Shapes one(Place place) {
        List<Node> options = schemas(place, "oneOf");
        Shapes shapes = Shapes.NONE;
        for (int i = 0; i < options.size(); i++) {
            Node alone = options.get(i);
            for (int j = 0; j < options.size(); j++) {
                if (i != j && !compiler.disjoint(options.get(i), options.get(j))) {
                    alone = nodes.and(alone, nodes.not(options.get(j)));
                }
            }
            shapes = algebra.or(shapes, compiler.shapes(alone));
        }
        return shapes;
    }

    private Node optional(Place place, String keyword) {
        return place.has(keyword) ? compiler.schema(place.at(keyword)) : nodes.all();
    }

    private Shapes condition(Place place) {
        if (!place.has("then") && !place.has("else")) {
            return algebra.all();
        }
        Node test = compiler.schema(place.at("if"));
        return either(nodes.and(test, optional(place, "then")), nodes.and(nodes.not(test), optional(place, "else")));
    }

    private Shapes either(Node first, Node second) {
        return algebra.or(compiler.shapes(first), compiler.shapes(second));
    }

    private Shapes dependentRequired(Place place) {
        Shapes shapes = algebra.all();
        for (Map.Entry<String, JsonNode> entry : Keywords.entries(place, "dependentRequired")) {
            Shapes then = algebra.all();
            for (JsonNode name : entry.getValue()) {
                then = algebra.and(then, members(Opposites.named(name.asString(""), nodes.all(), true, nodes)));
            }
            shapes = algebra.and(shapes, algebra.or(without(entry.getKey()), then));
        }
        return shapes;
    }

    private Shapes dependentSchemas(Place place) {
        Shapes shapes = algebra.all();
        for (Map.Entry<String, JsonNode> entry : Keywords.entries(place, "dependentSchemas")) {
            Shapes then = compiler.shapes(place.at("dependentSchemas", entry.getKey()));
            shapes = algebra.and(shapes, algebra.or(without(entry.getKey()), then));
        }
        return shapes;
    }

    /** All values but objects with this key. */
    private Shapes without(@Nullable String key) {
        return members(Opposites.named(String.valueOf(key), nodes.none(), false, nodes));
    }

    private Shapes members(ObjectShape object) {
        return algebra.all().withObjects(List.of(object));
    }
}
