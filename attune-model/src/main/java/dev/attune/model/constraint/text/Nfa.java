package dev.attune.model.constraint.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The automaton of a pattern as it is written: it has guesses and anchors. A pattern matches if it is found anywhere. */
final class Nfa {
    private static final int MAX_STATES = 50_000;

    private enum Kind {
        FREE,
        BEGIN,
        END,
        SET
    }

    private record Edge(Kind kind, @Nullable CodePoints set, int to) {}

    private final List<List<Edge>> edges = new ArrayList<>();
    private final List<CodePoints> sets = new ArrayList<>();
    private final int start;
    private final int end;

    private Nfa(Regex regex) {
        start = state();
        int found = state();
        end = state();
        edge(start, Kind.SET, CodePoints.ALL, start);
        edge(start, Kind.FREE, null, found);
        build(regex, found, end);
        edge(end, Kind.SET, CodePoints.ALL, end);
    }

    static Nfa of(Regex regex) {
        return new Nfa(regex);
    }

    private int state() {
        if (edges.size() >= MAX_STATES) {
            throw new PatternException("a pattern of more than " + MAX_STATES + " states");
        }
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    private void edge(int from, Kind kind, @Nullable CodePoints set, int to) {
        edges.get(from).add(new Edge(kind, set, to));
        if (set != null) {
            sets.add(set);
        }
    }

    private void build(Regex regex, int from, int to) {
        if (regex instanceof Regex.One one) {
            edge(from, Kind.SET, one.set(), to);
        } else if (regex instanceof Regex.Choice choice) {
            choice.options().forEach(option -> build(option, from, to));
        } else if (regex instanceof Regex.Sequence sequence) {
            sequence(sequence.parts(), from, to);
        } else if (regex instanceof Regex.Repeat repeat) {
            repeat(repeat, from, to);
        } else {
            edge(from, regex instanceof Regex.Begin ? Kind.BEGIN : Kind.END, null, to);
        }
    }

    private void sequence(List<Regex> parts, int from, int to) {
        int at = from;
        for (Regex part : parts) {
            int next = state();
            build(part, at, next);
            at = next;
        }
        edge(at, Kind.FREE, null, to);
    }

    private void repeat(Regex.Repeat repeat, int from, int to) {
        int at = from;
        for (int i = 0; i < repeat.min(); i++) {
            int next = state();
            build(repeat.part(), at, next);
            at = next;
        }
        if (repeat.max() < 0) {
            int loop = state();
            edge(at, Kind.FREE, null, loop);
            int back = state();
            build(repeat.part(), loop, back);
            edge(back, Kind.FREE, null, loop);
            edge(loop, Kind.FREE, null, to);
            return;
        }
        for (int i = repeat.min(); i < repeat.max(); i++) {
            edge(at, Kind.FREE, null, to);
            int next = state();
            build(repeat.part(), at, next);
            at = next;
        }
        edge(at, Kind.FREE, null, to);
    }

    int[] cuts() {
        return CodePoints.cuts(sets);
    }

    /** The states before the first code point. */
    BitSet begin() {
        BitSet states = new BitSet();
        close(start, states, Kind.BEGIN);
        return states;
    }

    /** The states after one more code point. */
    BitSet step(BitSet states, int codePoint) {
        BitSet next = new BitSet();
        states.stream().forEach(state -> {
            for (Edge edge : edges.get(state)) {
                if (edge.set != null && edge.set.contains(codePoint)) {
                    close(edge.to, next, Kind.FREE);
                }
            }
        });
        return next;
    }

    /** Whether a text may end in these states. */
    boolean accepts(BitSet states) {
        BitSet closed = new BitSet();
        states.stream().forEach(state -> close(state, closed, Kind.END));
        return closed.get(end);
    }

    /** Whether {@link #begin} and END hold at once: for the empty text. */
    boolean acceptsEmpty() {
        BitSet closed = new BitSet();
        close(start, closed, null);
        return closed.get(end);
    }

    private void close(int state, BitSet into, @Nullable Kind also) {
        if (into.get(state)) {
            return;
        }
        List<Integer> open = new ArrayList<>(List.of(state));
        while (!open.isEmpty()) {
            int at = open.remove(open.size() - 1);
            if (into.get(at)) {
                continue;
            }
            into.set(at);
            for (Edge edge : edges.get(at)) {
                boolean free = edge.kind == Kind.FREE || also == null || edge.kind == also;
                if (edge.set == null && free && !into.get(edge.to)) {
                    open.add(edge.to);
                }
            }
        }
    }
}
