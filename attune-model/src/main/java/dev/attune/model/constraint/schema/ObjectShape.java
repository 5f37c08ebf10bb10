package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects. Members come in the order of the properties, then those with other keys, in any order.
 *
 * @param properties those with a name
 * @param others all other keys that may occur; no key is in two of them
 * @param max the largest number of members, -1 if there is none
 */
public record ObjectShape(List<Property> properties, List<Others> others, int min, int max) {
    /** A member whose name is known, and the automaton of just this name. */
    public record Property(String name, Dfa text, Node value, boolean required) {
        Property(String name, Node value, boolean required) {
            this(name, Dfa.words(List.of(name)), value, required);
        }
    }

    /** Members with a key of a set. */
    public record Others(Dfa keys, Node value) {}

    /**
     * A point in an object, between members.
     *
     * @param next the index of the first property that may still come
     * @param count how many members there are
     * @param others the sets of other keys; used ones are taken out of those sets that are not ample
     * @param used the other keys that have been used, the last one first, or null
     */
    public record Point(
            int next,
            int count,
            List<Others> others,
            @Nullable Used used) {}

    /** Keys that have been used, with the index of the set of each; null is a key that is not known yet. */
    public record Used(
            @Nullable String key, int set, @Nullable Used before) {
        static boolean has(@Nullable Used keys, String key) {
            for (Used at = keys; at != null; at = at.before) {
                if (key.equals(at.key)) {
                    return true;
                }
            }
            return false;
        }

        static int count(@Nullable Used keys, int set) {
            int count = 0;
            for (Used at = keys; at != null; at = at.before) {
                count += at.set == set ? 1 : 0;
            }
            return count;
        }
    }

    public ObjectShape {
        properties = List.copyOf(properties);
        others = List.copyOf(others);
    }

    /** The point before the first member. */
    public Point start() {
        return new Point(0, 0, others, null);
    }

    public boolean mayEnd(Point point) {
        return point.count >= min && nextRequired(point) == properties.size();
    }

    /** The index of the next property that must come, or the number of properties. */
    public int nextRequired(Point point) {
        int i = point.next;
        while (i < properties.size() && !properties.get(i).required) {
            i++;
        }
        return i;
    }

    /** The point after a property. */
    public Point after(Point point, int property) {
        return new Point(property + 1, point.count + 1, point.others, point.used);
    }

    /**
     * The point after a member with another key.
     *
     * @param set the index of the set of the key
     * @return null if the key has been used
     */
    public @Nullable Point after(Point point, int set, String key) {
        if (Used.has(point.used, key)) {
            return null;
        }
        List<Others> left = point.others;
        Others own = left.get(set);
        if (!own.keys.isAmple()) {
            left = new ArrayList<>(left);
            left.set(set, new Others(own.keys.minus(Dfa.words(List.of(key))), own.value));
        }
        return new Point(properties.size(), point.count + 1, left, new Used(key, set, point.used));
    }

    /** A point that is as far from the end as any after one more key of a set. */
    public Point afterAny(Point point, int set) {
        return new Point(properties.size(), point.count + 1, point.others, new Used(null, set, point.used));
    }

    /** The fewest bytes from a point to the end of the object, its brace included; values may have so many levels. */
    public int distance(Point point, int levels) {
        return distance(point, levels, Math.max(0, min - point.count), point.count > 0 ? 1 : 0);
    }

    /** The same after a comma, which must be followed by a member. */
    public int distanceAfterComma(Point point, int levels) {
        return distance(point, levels, Math.max(1, min - point.count), 0);
    }

    /**
     * @param least how many members must come
     * @param comma the bytes before the first of them
     */
    private int distance(Point point, int levels, int least, int comma) {
        long cost = 1;
        int members = 0;
        for (int i = point.next; i < properties.size(); i++) {
            if (properties.get(i).required) {
                cost += cost(properties.get(i), levels);
                members++;
            }
        }
        int more = Math.max(0, least - members);
        if (max >= 0 && point.count + members + more > max) {
            return Dfa.INFINITE;
        }
        if (more > 0) {
            cost += cheapest(point, more, levels);
            members += more;
        }
        return ArrayShape.sum(cost + (members == 0 ? 0 : members - 1 + comma));
    }

    private static long cost(Property property, int levels) {
        return 3L + property.text.distance(Dfa.START) + property.value.distance(levels);
    }

    private long cheapest(Point point, int more, int levels) {
        List<Long> costs = new ArrayList<>();
        for (int i = point.next; i < properties.size(); i++) {
            if (!properties.get(i).required) {
                costs.add(cost(properties.get(i), levels));
            }
        }
        for (int set = 0; set < point.others.size(); set++) {
            Others own = point.others.get(set);
            int gone = gone(point, set);
            int[] lengths = own.keys.shortest(more + gone);
            for (int i = gone; i < lengths.length; i++) {
                costs.add(3L + lengths[i] + own.value.distance(levels));
            }
        }
        if (costs.size() < more) {
            return Dfa.INFINITE;
        }
        Collections.sort(costs);
        return costs.subList(0, more).stream().mapToLong(Long::longValue).sum();
    }

    /** How many of the shortest keys of a set do not count, because that many have been used and are still in it. */
    private static int gone(Point point, int set) {
        if (point.others.get(set).keys.isAmple()) {
            return Used.count(point.used, set);
        }
        return point.used != null && point.used.set == set && point.used.key == null ? 1 : 0;
    }

    /** What is asked of a member with this name. */
    Node value(String name, SchemaNodes nodes) {
        for (Property property : properties) {
            if (property.name.equals(name)) {
                return property.value;
            }
        }
        for (Others set : others) {
            if (set.keys.accepts(name)) {
                return set.value;
            }
        }
        return nodes.none();
    }

    boolean requires(String name) {
        return properties.stream().anyMatch(property -> property.required && property.name.equals(name));
    }

    List<Node> children() {
        List<Node> children = new ArrayList<>();
        properties.forEach(property -> children.add(property.value));
        others.forEach(set -> children.add(set.value));
        return children;
    }
}
