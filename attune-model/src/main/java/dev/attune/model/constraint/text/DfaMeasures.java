package dev.attune.model.constraint.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** How long the texts of an automaton are in JSON, and how many there are. */
final class DfaMeasures {
    private static final int[] BOUNDS = {0x80, 0x800, 0x10000};

    private DfaMeasures() {}

    /** The fewest bytes of one code point of each class. */
    static int[] costs(Dfa dfa) {
        int[] costs = new int[dfa.classCount()];
        Arrays.fill(costs, Dfa.INFINITE);
        for (int i = 0; i < dfa.cuts().length; i++) {
            int c = dfa.classes()[i];
            costs[c] = Math.min(costs[c], cost(dfa.cuts()[i], dfa.last(i)));
        }
        return costs;
    }

    private static int cost(int first, int last) {
        int best = Dfa.INFINITE;
        for (int c = first; c <= Math.min(last, 0x7F); c++) {
            best = Math.min(best, asciiCost(c));
        }
        if (best <= 2 || last < 0x80) {
            return best;
        }
        int from = Math.max(first, 0x80);
        if (from < BOUNDS[1]) {
            return 2;
        }
        boolean surrogates = from >= Character.MIN_SURROGATE && from <= Character.MAX_SURROGATE;
        int start = surrogates ? Character.MAX_SURROGATE + 1 : from;
        return start > last ? best : Math.min(best, start < BOUNDS[2] ? 3 : 4);
    }

    private static int asciiCost(int c) {
        if (c == '"' || c == '\\') {
            return 2;
        }
        return c >= 0x20 ? 1 : c == 8 || c == 9 || c == 10 || c == 12 || c == 13 ? 2 : 6;
    }

    /** The number of code points of each class, without surrogates. */
    static int[] sizes(Dfa dfa) {
        int[] sizes = new int[dfa.classCount()];
        for (int i = 0; i < dfa.cuts().length; i++) {
            int first = dfa.cuts()[i];
            int last = dfa.last(i);
            int surrogates =
                    Math.max(0, Math.min(last, Character.MAX_SURROGATE) - Math.max(first, Character.MIN_SURROGATE) + 1);
            sizes[dfa.classes()[i]] += last - first + 1 - surrogates;
        }
        return sizes;
    }

    /** The cheapest way from each state to the end of a text. */
    static int[] distances(int[][] next, boolean[] accepting, int[] costs) {
        List<List<int[]>> back = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            back.add(new ArrayList<>());
        }
        for (int from = 0; from < next.length; from++) {
            for (int c = 0; c < costs.length; c++) {
                if (next[from][c] >= 0 && costs[c] < Dfa.INFINITE) {
                    back.get(next[from][c]).add(new int[] {from, costs[c]});
                }
            }
        }
        int[] distance = new int[next.length];
        PriorityQueue<int[]> queue = new PriorityQueue<>(Comparator.comparingInt(entry -> entry[1]));
        for (int i = 0; i < next.length; i++) {
            distance[i] = accepting[i] ? 0 : Dfa.INFINITE;
            if (accepting[i]) {
                queue.add(new int[] {i, 0});
            }
        }
        for (int[] entry = queue.poll(); entry != null; entry = queue.poll()) {
            if (entry[1] > distance[entry[0]]) {
                continue;
            }
            for (int[] edge : back.get(entry[0])) {
                if (entry[1] + edge[1] < distance[edge[0]]) {
                    distance[edge[0]] = entry[1] + edge[1];
                    queue.add(new int[] {edge[0], distance[edge[0]]});
                }
            }
        }
        return distance;
    }

    /** The number of texts from each state, where every state leads to one. */
    static int[] counts(int[][] next, boolean[] accepting, int[] sizes) {
        int[] waiting = new int[next.length];
        List<List<Integer>> back = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            back.add(new ArrayList<>());
        }
        for (int from = 0; from < next.length; from++) {
            for (int to : next[from]) {
                if (to >= 0) {
                    waiting[from]++;
                    back.get(to).add(from);
                }
            }
        }
        int[] counts = new int[next.length];
        Arrays.fill(counts, Dfa.INFINITE);
        Deque<Integer> ready = new ArrayDeque<>();
        for (int i = 0; i < next.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        while (!ready.isEmpty()) {
            int state = ready.remove();
            long sum = accepting[state] ? 1 : 0;
            for (int c = 0; c < sizes.length; c++) {
                sum += next[state][c] < 0 ? 0 : (long) sizes[c] * counts[next[state][c]];
            }
            counts[state] = (int) Math.min(sum, Dfa.INFINITE);
            for (int from : back.get(state)) {
                if (--waiting[from] == 0) {
                    ready.add(from);
                }
            }
        }
        return counts;
    }

    /** The lengths of the shortest texts; takes the cheapest code points of each class first. */
    static int[] shortest(Dfa dfa, int number) {
        List<Integer> lengths = new ArrayList<>();
        PriorityQueue<int[]> queue = new PriorityQueue<>(Comparator.comparingInt(entry -> entry[1] + entry[2]));
        if (!dfa.isEmpty()) {
            queue.add(new int[] {Dfa.START, 0, dfa.distance(Dfa.START)});
        }
        while (!queue.isEmpty() && lengths.size() < number) {
            int[] entry = queue.remove();
            if (entry[0] == Dfa.DEAD) {
                lengths.add(entry[1]);
                continue;
            }
            if (dfa.accepts(entry[0])) {
                queue.add(new int[] {Dfa.DEAD, entry[1], 0});
            }
            expand(dfa, entry, number, queue);
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void expand(Dfa dfa, int[] entry, int number, PriorityQueue<int[]> queue) {
        for (int i = 0; i < dfa.cuts().length; i++) {
            int to = dfa.next(entry[0], dfa.classes()[i]);
            if (to < 0 || dfa.distance(to) >= Dfa.INFINITE) {
                continue;
            }
            int copies = 0;
            for (int c = preferred(dfa.cuts()[i]); c <= dfa.last(i) && copies < number; c++) {
                if (!Character.isBmpCodePoint(c) || !Character.isSurrogate((char) c)) {
                    queue.add(new int[] {to, entry[1] + cost(c, c), dfa.distance(to)});
                    copies++;
                }
            }
            for (int c = dfa.cuts()[i]; c < Math.min(0x20, dfa.last(i) + 1) && copies < number; c++) {
                queue.add(new int[] {to, entry[1] + cost(c, c), dfa.distance(to)});
                copies++;
            }
        }
    }

    /** Control characters are dear: others come first. */
    private static int preferred(int first) {
        return Math.max(first, 0x20);
    }
}
