package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.NumberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Single values: of {@code const} and {@code enum}. */
final class Constants {
    private Constants() {}

    static Shapes shapes(JsonNode value, SchemaNodes nodes) {
        if (value.isString()) {
            return Shapes.NONE.withTexts(Dfa.words(List.of(value.stringValue())));
        }
        if (value.isNumber()) {
            return Shapes.NONE.withNumbers(List.of(NumberSet.of(value.decimalValue())));
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(nodes.of(new Ask.Value(item))));
            return Shapes.NONE.withArrays(
                    List.of(new ArrayShape(items, nodes.none(), items.size(), items.size(), List.of(), nodes)));
        }
        if (value.isObject()) {
            List<ObjectShape.Property> properties = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                Node member = nodes.of(new Ask.Value(entry.getValue()));
                properties.add(new ObjectShape.Property(entry.getKey(), member, true));
            }
            return Shapes.NONE.withObjects(List.of(new ObjectShape(properties, List.of(), 0, -1)));
        }
        boolean yes = value.isBoolean() && value.booleanValue();
        boolean no = value.isBoolean() && !value.booleanValue();
        return new Shapes(value.isNull(), yes, no, Dfa.none(), List.of(), List.of(), List.of());
    }
}
