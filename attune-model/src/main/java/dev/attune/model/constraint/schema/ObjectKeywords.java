package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Members of objects. */
final class ObjectKeywords {
    private static final int MAX_PROPERTIES = 1_000;

    private ObjectKeywords() {}

    /** Shapes that hold together, in the order in which members come. */
    static List<ObjectShape> shapes(Place place, SchemaCompiler compiler) {
        SchemaNodes nodes = compiler.nodes();
        List<ObjectShape> shapes = new ArrayList<>();
        shapes.add(members(place, compiler));
        for (JsonNode name : place.names("required")) {
            shapes.add(Opposites.named(name.stringValue(), nodes.all(), true, nodes));
        }
        int min = place.least("minProperties", MAX_PROPERTIES);
        int max = place.count("maxProperties", -1);
        if (min > 0 || max >= 0) {
            shapes.add(new ObjectShape(List.of(), compiler.algebra().anyObject().others(), min, max));
        }
        if (place.has("propertyNames")) {
            Dfa names = compiler.shapes(place.at("propertyNames")).texts();
            shapes.add(new ObjectShape(List.of(), List.of(new ObjectShape.Others(names, nodes.all())), 0, -1));
        }
        return shapes;
    }

    private static ObjectShape members(Place place, SchemaCompiler compiler) {
        Map<String, Dfa> patterns = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : Keywords.entries(place, "patternProperties")) {
            patterns.put(entry.getKey(), Keywords.pattern(place, "patternProperties", entry.getKey()));
        }
        List<ObjectShape.Property> properties = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : Keywords.entries(place, "properties")) {
            Node value = compiler.schema(place.at("properties", entry.getKey()));
            for (Map.Entry<String, Dfa> pattern : patterns.entrySet()) {
                if (pattern.getValue().accepts(entry.getKey())) {
                    value = compiler.nodes()
                            .and(value, compiler.schema(place.at("patternProperties", pattern.getKey())));
                }
            }
            properties.add(new ObjectShape.Property(entry.getKey(), value, false));
        }
        return new ObjectShape(properties, others(place, compiler, properties, patterns), 0, -1);
    }

    private static List<ObjectShape.Others> others(
            Place place, SchemaCompiler compiler, List<ObjectShape.Property> properties, Map<String, Dfa> patterns) {
        SchemaNodes nodes = compiler.nodes();
        List<String> names = properties.stream().map(ObjectShape.Property::name).toList();
        List<ObjectShape.Others> sets = List.of(new ObjectShape.Others(Dfa.all().minus(Dfa.words(names)), nodes.all()));
        Dfa free = sets.get(0).keys();
        for (Map.Entry<String, Dfa> pattern : patterns.entrySet()) {
            Node value = compiler.schema(place.at("patternProperties", pattern.getKey()));
            List<ObjectShape.Others> split = new ArrayList<>();
            for (ObjectShape.Others set : sets) {
                split.add(new ObjectShape.Others(set.keys().and(pattern.getValue()), nodes.and(set.value(), value)));
                split.add(new ObjectShape.Others(set.keys().minus(pattern.getValue()), set.value()));
            }
            sets = split;
            free = free.minus(pattern.getValue());
        }
        return cut(sets, free, rest(place, compiler), nodes);
    }

    private static Node rest(Place place, SchemaCompiler compiler) {
        String keyword = place.has("additionalProperties") ? "additionalProperties" : "unevaluatedProperties";
        return place.has(keyword)
                ? compiler.schema(place.at(keyword))
                : compiler.nodes().all();
    }

    /** Keys that match no pattern have what is asked of the rest. */
    private static List<ObjectShape.Others> cut(List<ObjectShape.Others> sets, Dfa free, Node rest, SchemaNodes nodes) {
        List<ObjectShape.Others> all = new ArrayList<>();
        for (ObjectShape.Others set : sets) {
            Dfa matched = set.keys().minus(free);
            if (!matched.isEmpty() && set.value() != nodes.none()) {
                all.add(new ObjectShape.Others(matched, set.value()));
            }
        }
        if (!free.isEmpty() && rest != nodes.none()) {
            all.add(new ObjectShape.Others(free, rest));
        }
        return all;
    }
}
