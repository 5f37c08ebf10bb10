package dev.attune.model.constraint.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes automata: from patterns, from words, from two others. */
final class DfaBuilder {
    private static final int MAX_STATES = 20_000;
    private static final int MAX_MINIMISED = 3_000;

    /** Which texts are in the result, by whether they are in each of two sets. */
    interface Both {
        boolean test(boolean first, boolean second);
    }

    private DfaBuilder() {}

    private static void limit(int states) {
        if (states > MAX_STATES) {
            throw new PatternException("a set of texts that takes more than " + MAX_STATES + " states");
        }
    }

    static Dfa of(Nfa nfa) {
        int[] cuts = nfa.cuts();
        Map<BitSet, Integer> ids = new LinkedHashMap<>();
        List<BitSet> states = new ArrayList<>();
        List<int[]> next = new ArrayList<>();
        BitSet begin = nfa.begin();
        begin.set(1 << 20); // the beginning is a state of its own: its end may be the end of the empty text
        id(begin, ids, states);
        for (int i = 0; i < states.size(); i++) {
            BitSet at = (BitSet) states.get(i).clone();
            at.clear(1 << 20);
            int[] row = new int[cuts.length];
            for (int c = 0; c < cuts.length; c++) {
                row[c] = id(nfa.step(at, cuts[c]), ids, states);
            }
            next.add(row);
            limit(states.size());
        }
        boolean[] accepting = new boolean[states.size()];
        accepting[0] = nfa.acceptsEmpty();
        for (int i = 1; i < accepting.length; i++) {
            accepting[i] = nfa.accepts(states.get(i));
        }
        return finish(cuts, next.toArray(new int[0][]), accepting);
    }

    private static int id(BitSet set, Map<BitSet, Integer> ids, List<BitSet> states) {
        Integer known = ids.putIfAbsent(set, states.size());
        if (known != null) {
            return known;
        }
        states.add(set);
        return states.size() - 1;
    }

    static Dfa words(List<String> words) {
        TreeSet<Integer> points = new TreeSet<>(List.of(0));
        words.forEach(word -> word.codePoints().forEach(c -> {
            points.add(c);
            points.add(c + 1);
        }));
        int[] cuts = points.stream()
                .mapToInt(Integer::intValue)
                .filter(c -> c <= Character.MAX_CODE_POINT)
                .toArray();
        List<int[]> next = new ArrayList<>(List.of(row(cuts.length)));
        BitSet accepting = new BitSet();
        for (String word : words) {
            int state = 0;
            for (int c : word.codePoints().toArray()) {
                int column = Arrays.binarySearch(cuts, c);
                if (next.get(state)[column] < 0) {
                    next.get(state)[column] = next.size();
                    next.add(row(cuts.length));
                    limit(next.size());
                }
                state = next.get(state)[column];
            }
            accepting.set(state);
        }
        boolean[] ends = new boolean[next.size()];
        accepting.stream().forEach(state -> ends[state] = true);
        return finish(cuts, next.toArray(new int[0][]), ends);
    }

    private static int[] row(int columns) {
        int[] row = new int[columns];
        Arrays.fill(row, Dfa.DEAD);
        return row;
    }

    static Dfa product(Dfa first, Dfa second, Both both) {
        TreeSet<Integer> points = new TreeSet<>();
        Arrays.stream(first.cuts()).forEach(points::add);
        Arrays.stream(second.cuts()).forEach(points::add);
        int[] cuts = points.stream().mapToInt(Integer::intValue).toArray();
        Map<Long, Integer> ids = new HashMap<>();
        List<long[]> states = new ArrayList<>();
        List<int[]> next = new ArrayList<>();
        pair(0, 0, ids, states);
        for (int i = 0; i < states.size(); i++) {
            int a = (int) states.get(i)[0];
            int b = (int) states.get(i)[1];
            int[] row = new int[cuts.length];
            for (int c = 0; c < cuts.length; c++) {
                int toA = a < 0 ? Dfa.DEAD : first.step(a, cuts[c]);
                int toB = b < 0 ? Dfa.DEAD : second.step(b, cuts[c]);
                row[c] = dead(toA, toB, both) ? Dfa.DEAD : pair(toA, toB, ids, states);
            }
            next.add(row);
            limit(states.size());
        }
        boolean[] accepting = new boolean[states.size()];
        for (int i = 0; i < accepting.length; i++) {
            accepting[i] = both.test(first.accepts((int) states.get(i)[0]), second.accepts((int) states.get(i)[1]));
        }
        return finish(cuts, next.toArray(new int[0][]), accepting);
    }

    private static boolean dead(int a, int b, Both both) {
        boolean alive = (a >= 0 && b >= 0 && both.test(true, true))
                || (a >= 0 && both.test(true, false))
                || (b >= 0 && both.test(false, true));
        return !alive;
    }

    private static int pair(int a, int b, Map<Long, Integer> ids, List<long[]> states) {
        Integer known = ids.putIfAbsent(((long) a << 32) | (b & 0xFFFFFFFFL), states.size());
        if (known != null) {
            return known;
        }
        states.add(new long[] {a, b});
        return states.size() - 1;
    }

    /**
     * Cuts off what leads to no text, merges equal states if there are not too many, and equal code points.
     *
     * @param cuts the first code point of each column
     * @param next by state and column; state 0 is the start
     */
    static Dfa finish(int[] cuts, int[][] next, boolean[] accepting) {
        cutSurrogates(cuts, next);
        boolean[] live = live(next, accepting);
        int[] blocks = new int[next.length];
        int count = 0;
        if (next.length <= MAX_MINIMISED) {
            count = blocks(next, accepting, live, blocks);
        } else {
            for (int i = 0; i < next.length; i++) {
                blocks[i] = i == 0 || live[i] ? count++ : Dfa.DEAD;
            }
        }
        int[][] merged = new int[count][];
        boolean[] ends = new boolean[count];
        for (int i = 0; i < next.length; i++) {
            int block = blocks[i];
            if (block >= 0 && merged[block] == null) {
                int[] row = new int[cuts.length];
                for (int c = 0; c < cuts.length; c++) {
                    row[c] = next[i][c] < 0 || !live[next[i][c]] ? Dfa.DEAD : blocks[next[i][c]];
                }
                merged[block] = row;
                ends[block] = accepting[i];
            }
        }
        return columns(cuts, merged, ends);
    }

    /** Halves of surrogate pairs are no characters of a text. */
    private static void cutSurrogates(int[] cuts, int[][] next) {
        for (int c = 0; c < cuts.length; c++) {
            int last = c + 1 < cuts.length ? cuts[c + 1] - 1 : Character.MAX_CODE_POINT;
            if (cuts[c] >= Character.MIN_SURROGATE && last <= Character.MAX_SURROGATE) {
                for (int[] row : next) {
                    row[c] = Dfa.DEAD;
                }
            }
        }
    }

    private static boolean[] live(int[][] next, boolean[] accepting) {
        List<List<Integer>> back = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            back.add(new ArrayList<>());
        }
        for (int i = 0; i < next.length; i++) {
            for (int to : next[i]) {
                if (to >= 0) {
                    back.get(to).add(i);
                }
            }
        }
        boolean[] live = accepting.clone();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < live.length; i++) {
            if (live[i]) {
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            for (int from : back.get(open.remove(open.size() - 1))) {
                if (!live[from]) {
                    live[from] = true;
                    open.add(from);
                }
            }
        }
        return live;
    }

    /** Equal states get equal numbers, the start 0, dead ones -1; returns how many there are. */
    private static int blocks(int[][] next, boolean[] accepting, boolean[] live, int[] blocks) {
        int count = 0;
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = i > 0 && !live[i] ? Dfa.DEAD : accepting[i] ? 1 : 0;
        }
        for (int before = -1; before != count; ) {
            before = count;
            Map<List<Integer>, Integer> ids = new HashMap<>();
            int[] refined = new int[blocks.length];
            for (int i = 0; i < blocks.length; i++) {
                refined[i] = blocks[i] < 0 ? Dfa.DEAD : number(ids, signature(next[i], blocks, blocks[i]));
            }
            System.arraycopy(refined, 0, blocks, 0, blocks.length);
            count = ids.size();
        }
        return count;
    }

    private static int number(Map<List<Integer>, Integer> ids, List<Integer> signature) {
        Integer known = ids.putIfAbsent(signature, ids.size());
        return known == null ? ids.size() - 1 : known;
    }

    private static List<Integer> signature(int[] row, int[] blocks, int own) {
        List<Integer> signature = new ArrayList<>(row.length + 1);
        signature.add(own);
        for (int to : row) {
            signature.add(to < 0 ? Dfa.DEAD : blocks[to]);
        }
        return signature;
    }

    private static Dfa columns(int[] cuts, int[][] next, boolean[] accepting) {
        Map<List<Integer>, Integer> ids = new LinkedHashMap<>();
        List<Integer> representatives = new ArrayList<>();
        int[] points = new int[cuts.length];
        int[] classes = new int[cuts.length];
        int used = 0;
        for (int c = 0; c < cuts.length; c++) {
            List<Integer> column = new ArrayList<>(next.length);
            for (int[] row : next) {
                column.add(row[c]);
            }
            Integer known = ids.putIfAbsent(column, ids.size());
            if (known == null) {
                representatives.add(c);
            }
            int own = known == null ? ids.size() - 1 : known;
            if (used == 0 || classes[used - 1] != own) {
                points[used] = cuts[c];
                classes[used++] = own;
            }
        }
        int[][] narrow = new int[next.length][representatives.size()];
        for (int i = 0; i < next.length; i++) {
            for (int c = 0; c < representatives.size(); c++) {
                narrow[i][c] = next[i][representatives.get(c)];
            }
        }
        return new Dfa(Arrays.copyOf(points, used), Arrays.copyOf(classes, used), narrow, accepting);
    }
}
