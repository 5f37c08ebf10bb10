package dev.attune.model.constraint.schema;

import java.util.ArrayList;
import java.util.List;

/** Items of arrays. */
final class ArrayKeywords {
    private static final int MAX_ITEMS = 10_000;

    private ArrayKeywords() {}

    static ArrayShape shape(Place place, SchemaCompiler compiler) {
        if (place.flag("uniqueItems")) {
            throw place.refuse("uniqueItems", "is not supported");
        }
        if (place.get("items").isArray()) {
            throw place.refuse("items", "is a list, which draft 2020-12 calls prefixItems", "rename it to prefixItems");
        }
        List<Node> prefix = new ArrayList<>();
        for (int i = 0; i < place.list("prefixItems").size(); i++) {
            prefix.add(compiler.schema(place.at("prefixItems", i)));
        }
        String rest = place.has("items") ? "items" : "unevaluatedItems";
        SchemaNodes nodes = compiler.nodes();
        return new ArrayShape(
                prefix,
                place.has(rest) ? compiler.schema(place.at(rest)) : nodes.all(),
                place.least("minItems", MAX_ITEMS),
                place.count("maxItems", -1),
                some(place, compiler),
                nodes);
    }

    private static List<ArrayShape.Some> some(Place place, SchemaCompiler compiler) {
        int min = place.least("minContains", MAX_ITEMS);
        int max = place.count("maxContains", -1);
        if (!place.has("contains")) {
            return List.of();
        }
        Node item = compiler.schema(place.at("contains"));
        int least = place.has("minContains") ? min : 1;
        if (least == 0 && max < 0) {
            return List.of();
        }
        return List.of(new ArrayShape.Some(item, compiler.nodes().not(item), 0, least, max));
    }
}
