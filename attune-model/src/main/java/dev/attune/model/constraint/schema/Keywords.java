package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.PatternException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the keywords of one schema ask together. Words that the standard does not know are annotations. */
final class Keywords {
    private static final List<String> REFUSED =
            List.of("$dynamicRef", "$recursiveRef", "dependencies", "additionalItems");
    private static final Set<String> IN_PLACE =
            Set.of("$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "not");
    private static final int MAX_LENGTH = 10_000;

    private final SchemaCompiler compiler;
    private final Algebra algebra;
    private final Combinations combinations;

    Keywords(SchemaCompiler compiler) {
        this.compiler = compiler;
        this.algebra = compiler.algebra();
        this.combinations = new Combinations(compiler);
    }

    Shapes shapes(Place place) {
        if (!place.schema().isObject()) {
            throw new UnsupportedSchemaException(
                    "schema",
                    place.pointer(),
                    "has " + place.schema() + ", expected an object or a boolean",
                    "repair the schema");
        }
        refuse(place);
        Shapes shapes = type(place);
        shapes = algebra.and(shapes, values(place));
        shapes = algebra.and(shapes, algebra.all().withNumbers(List.of(NumberKeywords.set(place))));
        shapes = algebra.and(shapes, algebra.all().withTexts(texts(place)));
        shapes = algebra.and(shapes, algebra.all().withArrays(List.of(ArrayKeywords.shape(place, compiler))));
        for (ObjectShape shape : ObjectKeywords.shapes(place, compiler)) {
            shapes = algebra.and(shapes, algebra.all().withObjects(List.of(shape)));
        }
        return combinations.apply(place, shapes);
    }

    private void refuse(Place place) {
        for (String keyword : REFUSED) {
            if (place.has(keyword)) {
                throw place.refuse(keyword, "is not supported");
            }
        }
        for (String keyword : List.of("unevaluatedProperties", "unevaluatedItems")) {
            boolean alone = IN_PLACE.stream().noneMatch(place::has) && !place.has("contains");
            boolean says = place.has(keyword)
                    && !(place.get(keyword).isBoolean() && place.get(keyword).booleanValue());
            if (says && !alone) {
                throw place.refuse(keyword, "is not supported beside references and combinations of schemas");
            }
        }
    }

    private Shapes type(Place place) {
        if (!place.has("type")) {
            return algebra.all();
        }
        JsonNode type = place.get("type");
        if (type.isString()) {
            return type(place, type.stringValue());
        }
        if (!type.isArray()) {
            throw place.malformed("type", "a type or an array of types");
        }
        Shapes shapes = Shapes.NONE;
        for (JsonNode one : type) {
            shapes = algebra.or(shapes, type(place, one.asString("")));
        }
        return shapes;
    }

    private Shapes type(Place place, String name) {
        Shapes all = algebra.all();
        Shapes none = Shapes.NONE;
        return switch (name) {
            case "null" -> Constants.shapes(tools.jackson.databind.node.NullNode.getInstance(), compiler.nodes());
            case "boolean" -> new Shapes(false, true, true, Dfa.none(), List.of(), List.of(), List.of());
            case "string" -> none.withTexts(Dfa.all());
            case "integer" -> none.withNumbers(List.of(NumberKeywords.INTEGERS));
            case "number" ->
                none.withNumbers(all.numbers().stream().map(Shapes.Num::set).toList());
            case "array" -> none.withArrays(all.arrays());
            case "object" -> none.withObjects(all.objects());
            default ->
                throw place.malformed(
                        "type", "null, boolean, object, array, number, string or integer, or an array of them");
        };
    }

    private Shapes values(Place place) {
        Shapes shapes = algebra.all();
        if (place.has("const")) {
            shapes = compiler.shapes(value(place.get("const")));
        }
        if (place.has("enum")) {
            Shapes any = Shapes.NONE;
            for (JsonNode value : place.list("enum")) {
                any = algebra.or(any, compiler.shapes(value(value)));
            }
            shapes = algebra.and(shapes, any);
        }
        return shapes;
    }

    private Node value(JsonNode value) {
        return compiler.nodes().of(new Ask.Value(value));
    }

    private static Dfa texts(Place place) {
        int min = place.least("minLength", MAX_LENGTH);
        int max = place.has("maxLength") ? place.count("maxLength", -1) : -1;
        Dfa texts = max > MAX_LENGTH
                ? unlimited(place)
                : min > 0 || max >= 0 ? Dfa.lengths(min, max).and(between(min, max)) : Dfa.all();
        if (!place.has("pattern")) {
            return texts;
        }
        if (!place.get("pattern").isString()) {
            throw place.malformed("pattern", "a regular expression");
        }
        return pattern(place, "pattern", place.get("pattern").stringValue()).and(texts);
    }

    private static Dfa unlimited(Place place) {
        throw place.refuse("maxLength", "is more than " + MAX_LENGTH, "ask for less, or remove it");
    }

    private static Dfa between(int min, int max) {
        return max >= 0 && max < min ? Dfa.none() : Dfa.all();
    }

    static Dfa pattern(Place place, String keyword, String regex) {
        try {
            return Dfa.pattern(regex);
        } catch (PatternException e) {
            throw place.refuse(keyword, "has '" + regex + "' with " + e.getMessage() + ", which is not supported");
        }
    }

    static BigDecimal positive(Place place, String keyword) {
        BigDecimal value = place.number(keyword);
        if (value == null || value.signum() <= 0) {
            throw place.malformed(keyword, "a number above 0");
        }
        return value;
    }

    static Iterable<Map.Entry<String, JsonNode>> entries(Place place, String keyword) {
        return place.members(keyword).properties();
    }
}
