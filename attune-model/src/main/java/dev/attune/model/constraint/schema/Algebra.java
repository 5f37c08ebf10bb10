package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.NumberSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Sets of values combined: both, either, neither. */
final class Algebra {
    private static final int MAX_CASES = 200;

    private final SchemaNodes nodes;

    Algebra(SchemaNodes nodes) {
        this.nodes = nodes;
    }

    Shapes all() {
        return new Shapes(
                true,
                true,
                true,
                Dfa.all(),
                List.of(new Shapes.Num(NumberSet.ALL)),
                List.of(anyArray()),
                List.of(anyObject()));
    }

    ArrayShape anyArray() {
        return new ArrayShape(List.of(), nodes.all(), 0, -1, List.of(), nodes);
    }

    ObjectShape anyObject() {
        return new ObjectShape(List.of(), List.of(new ObjectShape.Others(Dfa.all(), nodes.all())), 0, -1);
    }

    Shapes or(Shapes a, Shapes b) {
        return limited(new Shapes(
                a.isNull() || b.isNull(),
                a.isTrue() || b.isTrue(),
                a.isFalse() || b.isFalse(),
                a.texts().or(b.texts()),
                joined(a.numbers(), b.numbers()),
                joined(a.arrays(), b.arrays()),
                joined(a.objects(), b.objects())));
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
        return Stream.concat(a.stream(), b.stream()).distinct().toList();
    }

    private static Shapes limited(Shapes shapes) {
        if (shapes.numbers().size() > MAX_CASES
                || shapes.arrays().size() > MAX_CASES
                || shapes.objects().size() > MAX_CASES) {
            throw new IllegalStateException("has too many cases");
        }
        return shapes;
    }

    Shapes and(Shapes a, Shapes b) {
        Set<Shapes.Num> numbers = new LinkedHashSet<>();
        for (Shapes.Num x : a.numbers()) {
            for (Shapes.Num y : b.numbers()) {
                NumberSet both = x.set().and(y.set());
                if (!both.isEmpty()) {
                    numbers.add(new Shapes.Num(both));
                }
            }
        }
        Set<ArrayShape> arrays = new LinkedHashSet<>();
        a.arrays().forEach(x -> b.arrays().forEach(y -> arrays.add(and(x, y))));
        Set<ObjectShape> objects = new LinkedHashSet<>();
        for (ObjectShape x : a.objects()) {
            for (ObjectShape y : b.objects()) {
                ObjectShape both = and(x, y);
                if (both.properties().stream().noneMatch(p -> p.required() && p.value() == nodes.none())) {
                    objects.add(both);
                }
            }
        }
        return limited(new Shapes(
                a.isNull() && b.isNull(),
                a.isTrue() && b.isTrue(),
                a.isFalse() && b.isFalse(),
                a.texts().and(b.texts()),
                List.copyOf(numbers),
                List.copyOf(arrays),
                List.copyOf(objects)));
    }

    private ArrayShape and(ArrayShape a, ArrayShape b) {
        List<Node> prefix = new ArrayList<>();
        for (int i = 0; i < Math.max(a.prefix().size(), b.prefix().size()); i++) {
            prefix.add(nodes.and(item(a, i), item(b, i)));
        }
        return new ArrayShape(
                prefix,
                nodes.and(a.rest(), b.rest()),
                Math.max(a.min(), b.min()),
                least(a.max(), b.max()),
                joined(a.some(), b.some()),
                nodes);
    }

    private static Node item(ArrayShape array, int index) {
        return index < array.prefix().size() ? array.prefix().get(index) : array.rest();
    }

    private static int least(int a, int b) {
        return a < 0 || b < 0 ? Math.max(a, b) : Math.min(a, b);
    }

    private ObjectShape and(ObjectShape a, ObjectShape b) {
        Map<String, ObjectShape.Property> properties = new LinkedHashMap<>();
        Stream.concat(a.properties().stream(), b.properties().stream())
                .map(ObjectShape.Property::name)
                .distinct()
                .forEach(name -> properties.put(
                        name,
                        new ObjectShape.Property(
                                name,
                                nodes.and(a.value(name, nodes), b.value(name, nodes)),
                                a.requires(name) || b.requires(name))));
        List<ObjectShape.Others> others = new ArrayList<>();
        Dfa names = Dfa.words(List.copyOf(properties.keySet()));
        for (ObjectShape.Others x : a.others()) {
            for (ObjectShape.Others y : b.others()) {
                Dfa keys = x.keys().and(y.keys()).minus(names);
                Node value = nodes.and(x.value(), y.value());
                if (!keys.isEmpty() && value != nodes.none()) {
                    others.add(new ObjectShape.Others(keys, value));
                }
            }
        }
        return new ObjectShape(
                List.copyOf(properties.values()), others, Math.max(a.min(), b.min()), least(a.max(), b.max()));
    }

    /** @throws IllegalStateException if the values outside cannot be told in these terms */
    Shapes not(Shapes shapes) {
        Shapes all = all();
        List<NumberSet> numbers = List.of(NumberSet.ALL);
        for (Shapes.Num number : shapes.numbers()) {
            List<NumberSet> outside = number.set().complement();
            numbers = numbers.stream()
                    .flatMap(set -> outside.stream().map(set::and))
                    .filter(set -> !set.isEmpty())
                    .distinct()
                    .toList();
        }
        Shapes result = new Shapes(
                        !shapes.isNull(),
                        !shapes.isTrue(),
                        !shapes.isFalse(),
                        shapes.texts().complement(),
                        List.of(),
                        all.arrays(),
                        all.objects())
                .withNumbers(numbers);
        for (ArrayShape array : shapes.arrays()) {
            result = and(result, all.withArrays(Opposites.of(array, anyArray(), nodes)));
        }
        for (ObjectShape object : shapes.objects()) {
            result = and(result, all.withObjects(Opposites.of(object, anyObject(), nodes)));
        }
        return result;
    }
}
