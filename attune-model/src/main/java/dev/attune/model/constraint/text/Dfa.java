package dev.attune.model.constraint.text;

import java.util.Arrays;
import java.util.List;

/**
 * A set of texts, as a finite automaton over code points. States are numbers, {@link #START} is the first; every state
 * but perhaps that one leads to a text of the set. Immutable.
 */
public final class Dfa {
    /** The state before the first code point. */
    public static final int START = 0;

    /** No state: no text of the set begins like this. */
    public static final int DEAD = -1;

    /** The cost of what cannot be, and a number of texts without end; leaves room for sums. */
    public static final int INFINITE = 1 << 28;

    private static final Dfa ALL = DfaBuilder.finish(new int[] {0}, new int[][] {{0}}, new boolean[] {true});
    private static final Dfa NONE = DfaBuilder.finish(new int[] {0}, new int[][] {{DEAD}}, new boolean[] {false});

    private final int[] cuts;
    private final int[] classes;
    private final int[] ascii;
    private final int[][] next;
    private final boolean[] accepting;
    private final int[] distance;
    private final int[] count;
    private final boolean ample;
    private final int longest;
    private volatile int[] shortest = {};

    Dfa(int[] cuts, int[] classes, int[][] next, boolean[] accepting) {
        this.cuts = cuts;
        this.classes = classes;
        this.next = next;
        this.accepting = accepting;
        ascii = new int[128];
        for (int c = 0; c < 128; c++) {
            ascii[c] = classes[interval(c)];
        }
        int[] costs = DfaMeasures.costs(this);
        distance = DfaMeasures.distances(next, accepting, costs);
        count = DfaMeasures.counts(next, accepting, DfaMeasures.sizes(this));
        ample = Arrays.stream(count).allMatch(number -> number >= INFINITE);
        longest = Arrays.stream(distance).filter(far -> far < INFINITE).max().orElse(0);
    }

    /** Every text. */
    public static Dfa all() {
        return ALL;
    }

    /** No text. */
    public static Dfa none() {
        return NONE;
    }

    /**
     * The texts in which a regular expression of ECMA-262 is found.
     *
     * @throws PatternException if it is malformed, or beyond finite automata
     */
    public static Dfa pattern(String regex) {
        return DfaBuilder.of(Nfa.of(PatternParser.parse(regex)));
    }

    /** The texts of so many code points; {@code max} is -1 if there is no limit. */
    public static Dfa lengths(int min, int max) {
        int states = Math.max(min, max) + 1;
        int[][] next = new int[states][1];
        boolean[] accepting = new boolean[states];
        for (int i = 0; i < states; i++) {
            next[i][0] = i + 1 < states ? i + 1 : max < 0 ? i : DEAD;
            accepting[i] = i >= min;
        }
        return DfaBuilder.finish(new int[] {0}, next, accepting);
    }

    /** Just these texts. */
    public static Dfa words(List<String> words) {
        return DfaBuilder.words(words);
    }

    public Dfa and(Dfa other) {
        if (this == ALL || other == NONE) {
            return other;
        }
        return other == ALL || this == NONE || this == other ? this : DfaBuilder.product(this, other, (a, b) -> a && b);
    }

    public Dfa or(Dfa other) {
        if (this == ALL || other == NONE) {
            return this;
        }
        return other == ALL || this == NONE || this == other
                ? other
                : DfaBuilder.product(this, other, (a, b) -> a || b);
    }

    public Dfa minus(Dfa other) {
        if (other == ALL || this == other) {
            return NONE;
        }
        return other == NONE || this == NONE ? this : DfaBuilder.product(this, other, (a, b) -> a && !b);
    }

    public Dfa complement() {
        return ALL.minus(this);
    }

    public boolean isEmpty() {
        return distance[START] >= INFINITE;
    }

    public int states() {
        return next.length;
    }

    public boolean accepts(int state) {
        return state >= 0 && accepting[state];
    }

    public boolean accepts(String text) {
        int state = START;
        for (int i = 0; i < text.length() && state >= 0; i += Character.charCount(text.codePointAt(i))) {
            state = step(state, text.codePointAt(i));
        }
        return accepts(state);
    }

    /** The state after one more code point, or {@link #DEAD}. */
    public int step(int state, int codePoint) {
        return next[state][codePoint < 128 ? ascii[codePoint] : classes[interval(codePoint)]];
    }

    /** The fewest bytes of JSON from a state to the end of a text, without the quotes; {@link #INFINITE} if there is none. */
    public int distance(int state) {
        return distance[state];
    }

    /** The largest {@link #distance(int)} of all states from which there is an end. */
    public int longest() {
        return longest;
    }

    /** Whether no text of the set is one of only a few that begin alike. */
    public boolean isAmple() {
        return ample;
    }

    /** The number of texts that continue from a state, {@link #INFINITE} if more. */
    public int count(int state) {
        return count[state];
    }

    /**
     * The least distance after one more code point of a range.
     *
     * @return {@link #INFINITE} if none of the range may follow
     */
    public int distance(int state, int first, int last) {
        int best = INFINITE;
        for (int i = interval(first); i < cuts.length && cuts[i] <= last; i++) {
            int to = next[state][classes[i]];
            if (to >= 0) {
                best = Math.min(best, distance[to]);
            }
        }
        return best;
    }

    /** Whether a code point of the range may follow. */
    public boolean allows(int state, int first, int last) {
        if (first > last) {
            return false;
        }
        for (int i = interval(first); i < cuts.length && cuts[i] <= last; i++) {
            if (next[state][classes[i]] >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The bytes of JSON of the shortest texts, ascending; fewer than asked for if the set has no more. */
    public int[] shortest(int number) {
        int[] known = shortest;
        if (known.length < number) {
            known = DfaMeasures.shortest(this, number);
            shortest = known;
        }
        return known.length > number ? Arrays.copyOf(known, number) : known;
    }

    int[] cuts() {
        return cuts;
    }

    int[] classes() {
        return classes;
    }

    int classCount() {
        return next[0].length;
    }

    int next(int state, int codePointClass) {
        return next[state][codePointClass];
    }

    /** The last code point of an interval. */
    int last(int interval) {
        return interval + 1 < cuts.length ? cuts[interval + 1] - 1 : Character.MAX_CODE_POINT;
    }

    private int interval(int codePoint) {
        int found = Arrays.binarySearch(cuts, codePoint);
        return found >= 0 ? found : -found - 2;
    }
}
