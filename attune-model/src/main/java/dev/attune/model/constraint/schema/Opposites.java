package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import java.util.ArrayList;
import java.util.List;

/** The arrays and objects that are not of a shape, as shapes that together hold them all. */
final class Opposites {
    private Opposites() {}

    static List<ArrayShape> of(ArrayShape array, ArrayShape any, SchemaNodes nodes) {
        List<ArrayShape> outside = new ArrayList<>();
        if (array.min() > 0) {
            outside.add(new ArrayShape(List.of(), any.rest(), 0, array.min() - 1, List.of(), nodes));
        }
        if (array.max() >= 0) {
            outside.add(new ArrayShape(List.of(), any.rest(), array.max() + 1, -1, List.of(), nodes));
        }
        for (int i = 0; i < array.prefix().size(); i++) {
            Node item = nodes.not(array.prefix().get(i));
            if (item != nodes.none()) {
                List<Node> prefix = new ArrayList<>(java.util.Collections.nCopies(i, nodes.all()));
                prefix.add(item);
                outside.add(new ArrayShape(prefix, nodes.all(), i + 1, -1, List.of(), nodes));
            }
        }
        if (array.rest() == nodes.none()) {
            outside.add(new ArrayShape(List.of(), any.rest(), array.prefix().size() + 1, -1, List.of(), nodes));
        } else if (array.rest() != nodes.all()) {
            Node wrong = nodes.not(array.rest());
            outside.add(some(
                    any, new ArrayShape.Some(wrong, array.rest(), array.prefix().size(), 1, -1), nodes));
        }
        for (ArrayShape.Some one : array.some()) {
            if (one.min() > 0) {
                outside.add(some(any, with(one, 0, one.min() - 1), nodes));
            }
            if (one.max() >= 0) {
                outside.add(some(any, with(one, one.max() + 1, -1), nodes));
            }
        }
        return outside;
    }

    private static ArrayShape.Some with(ArrayShape.Some one, int min, int max) {
        return new ArrayShape.Some(one.item(), one.other(), one.from(), min, max);
    }

    private static ArrayShape some(ArrayShape any, ArrayShape.Some one, SchemaNodes nodes) {
        return new ArrayShape(List.of(), any.rest(), 0, -1, List.of(one), nodes);
    }

    static List<ObjectShape> of(ObjectShape object, ObjectShape any, SchemaNodes nodes) {
        List<ObjectShape> outside = new ArrayList<>();
        if (object.min() > 0) {
            outside.add(new ObjectShape(List.of(), any.others(), 0, object.min() - 1));
        }
        if (object.max() >= 0) {
            outside.add(new ObjectShape(List.of(), any.others(), object.max() + 1, -1));
        }
        for (ObjectShape.Property property : object.properties()) {
            Node wrong = nodes.not(property.value());
            if (wrong != nodes.none()) {
                outside.add(named(property.name(), wrong, true, nodes));
            }
            if (property.required()) {
                outside.add(named(property.name(), nodes.none(), false, nodes));
            }
        }
        if (!openOthers(object, nodes)) {
            outside.add(withOther(object, nodes));
        }
        return outside;
    }

    static ObjectShape named(String name, Node value, boolean required, SchemaNodes nodes) {
        ObjectShape.Others others = new ObjectShape.Others(Dfa.all().minus(Dfa.words(List.of(name))), nodes.all());
        return new ObjectShape(List.of(new ObjectShape.Property(name, value, required)), List.of(others), 0, -1);
    }

    private static boolean openOthers(ObjectShape object, SchemaNodes nodes) {
        Dfa free = Dfa.words(
                object.properties().stream().map(ObjectShape.Property::name).toList());
        for (ObjectShape.Others set : object.others()) {
            if (set.value() != nodes.all()) {
                return false;
            }
            free = free.or(set.keys());
        }
        return free.complement().isEmpty();
    }

    /** Objects with a key that is not allowed: told by their number of members if no name is optional. */
    private static ObjectShape withOther(ObjectShape object, SchemaNodes nodes) {
        boolean counts =
                object.others().isEmpty() && object.properties().stream().allMatch(ObjectShape.Property::required);
        if (!counts) {
            throw new IllegalStateException("asks for the opposite of restricted additional members");
        }
        ObjectShape.Others any = new ObjectShape.Others(Dfa.all(), nodes.all());
        return new ObjectShape(List.of(), List.of(any), object.properties().size() + 1, -1);
    }
}
