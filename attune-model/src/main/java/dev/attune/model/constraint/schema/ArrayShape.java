package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arrays.
 *
 * @param prefix what is asked of the first items
 * @param rest what is asked of all others
 * @param max the largest number of items, -1 if there is none
 * @param some what is asked of some of the items
 * @param nodes where the combinations of what is asked are found
 */
public record ArrayShape(List<Node> prefix, Node rest, int min, int max, List<Some> some, SchemaNodes nodes) {
    private static final int MAX_POINTS = 1_000;

    /**
     * What is asked of some items.
     *
     * @param from the index of the first item that counts
     * @param max the largest number of such items, -1 if there is none
     */
    public record Some(Node item, Node other, int from, int min, int max) {}

    /**
     * A point in an array, between items.
     *
     * @param index how many items are there; those beyond what matters are not counted
     * @param found for each of {@link #some}, how many items there are of them, as far as it matters
     */
    public record Point(int index, List<Integer> found) {
        public Point {
            found = List.copyOf(found);
        }
    }

    /** An item that may come next, and the point after it. */
    public record Choice(Node item, Point after) {}

    public ArrayShape {
        prefix = List.copyOf(prefix);
        some = List.copyOf(some);
    }

    /** The point before the first item. */
    public Point start() {
        return new Point(0, some.stream().map(one -> 0).toList());
    }

    /** Whether the array may end. */
    public boolean mayEnd(Point point) {
        for (int i = 0; i < some.size(); i++) {
            if (point.found.get(i) < some.get(i).min) {
                return false;
            }
        }
        return point.index >= min;
    }

    /** What may come next. */
    public List<Choice> choices(Point point) {
        if (max >= 0 && point.index >= max) {
            return List.of();
        }
        Node item = point.index < prefix.size() ? prefix.get(point.index) : rest;
        List<Choice> choices = List.of(new Choice(item, new Point(next(point.index), List.of())));
        for (int i = 0; i < some.size(); i++) {
            choices = split(choices, some.get(i), point.index, point.found.get(i));
        }
        return choices;
    }

    private int next(int index) {
        int matters = Math.max(Math.max(1, max), Math.max(min, prefix.size()));
        for (Some one : some) {
            matters = Math.max(matters, one.from);
        }
        return Math.min(index + 1, matters + (max >= 0 ? 1 : 0));
    }

    private List<Choice> split(List<Choice> choices, Some one, int index, int found) {
        List<Choice> split = new ArrayList<>();
        for (Choice choice : choices) {
            boolean counts = index >= one.from && (found < one.min || one.max >= 0);
            if (counts && (one.max < 0 || found < one.max)) {
                split.add(with(choice, nodes.and(choice.item, one.item), found + 1));
            }
            Node other = counts && one.max >= 0 ? nodes.and(choice.item, one.other) : choice.item;
            split.add(with(choice, other, found));
        }
        return split;
    }

    private static Choice with(Choice choice, Node item, int found) {
        List<Integer> all = new ArrayList<>(choice.after.found);
        all.add(found);
        return new Choice(item, new Point(choice.after.index, all));
    }

    /** The fewest bytes from a point to the end of the array, its bracket included; items may have so many levels. */
    public int distance(Point point, int levels) {
        if (some.isEmpty()) {
            return plainDistance(point.index, levels);
        }
        return distance(point, levels, new HashMap<>());
    }

    private int plainDistance(int index, int levels) {
        long cost = 1;
        int at = index;
        for (; at < min && at < prefix.size(); at++) {
            cost += prefix.get(at).distance(levels) + (at > 0 ? 1 : 0);
        }
        if (at < min) {
            cost += (long) (min - at) * (rest.distance(levels) + 1) - (at == 0 ? 1 : 0);
        }
        boolean fits = max < 0 || Math.max(min, index) <= max;
        return fits ? sum(cost) : Dfa.INFINITE;
    }

    private int distance(Point point, int levels, Map<Point, Integer> known) {
        if (mayEnd(point)) {
            return 1;
        }
        Integer before = known.get(point);
        if (before != null) {
            return before;
        }
        int best = Dfa.INFINITE;
        for (Choice choice : choices(point)) {
            if (!choice.after.equals(point)) {
                long cost = (long) choice.item.distance(levels) + (point.index > 0 ? 1 : 0);
                best = sum(Math.min(best, cost >= Dfa.INFINITE ? cost : cost + distance(choice.after, levels, known)));
            }
        }
        known.put(point, best);
        return best;
    }

    /**
     * What may be asked of an item anywhere.
     *
     * @throws IllegalStateException if there are too many cases
     */
    List<Node> children() {
        if (some.isEmpty()) {
            List<Node> children = new ArrayList<>(prefix);
            children.add(rest);
            return children;
        }
        Set<Point> seen = new LinkedHashSet<>(List.of(start()));
        List<Point> open = new ArrayList<>(seen);
        Set<Node> children = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            for (Choice choice : choices(open.remove(open.size() - 1))) {
                children.add(choice.item);
                if (seen.add(choice.after)) {
                    open.add(choice.after);
                }
            }
            if (seen.size() > MAX_POINTS) {
                throw new IllegalStateException("has too many cases");
            }
        }
        return List.copyOf(children);
    }

    static int sum(long cost) {
        return (int) Math.min(cost, Dfa.INFINITE);
    }
}
