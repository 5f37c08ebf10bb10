package dev.attune.model.constraint.schema;

import dev.attune.model.constraint.text.Dfa;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of which something is asked. Two that ask the same are the same object, within one schema. */
public final class Node {
    private final Ask ask;
    private @Nullable Shapes shapes;
    private int[] distances = {};

    Node(Ask ask) {
        this.ask = ask;
    }

    Ask ask() {
        return ask;
    }

    boolean isDone() {
        return shapes != null;
    }

    void set(Shapes found) {
        shapes = found;
    }

    /** The values, by type. */
    public Shapes shapes() {
        return Objects.requireNonNull(shapes);
    }

    void add(int distance) {
        distances = Arrays.copyOf(distances, distances.length + 1);
        distances[distances.length - 1] = distance;
    }

    int last() {
        return distances[distances.length - 1];
    }

    /**
     * The fewest bytes of a value.
     *
     * @param levels how many arrays and objects may be in one another; negative is as 0 for values that are neither
     * @return {@link Dfa#INFINITE} if there is no such value
     */
    public int distance(int levels) {
        if (distances.length == 0) {
            return Dfa.INFINITE;
        }
        return distances[Math.max(0, Math.min(levels, distances.length - 1))];
    }
}
