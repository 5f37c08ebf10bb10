package dev.attune.model.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The merge loop of byte-pair encoding: repeatedly, the most frequent pair of neighbouring symbols becomes one new
 * symbol (Sennrich, Haddow and Birch, 2016). Pair counts are updated word by word instead of being recounted. Of
 * equally frequent pairs the one of older symbols is merged first, so the result depends only on the counts.
 */
final class PairMerger {
    private static final Comparator<Candidate> ORDER =
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair);

    private final List<int[]> words = new ArrayList<>();
    private final List<Long> frequencies = new ArrayList<>();
    private final Map<Long, Occurrences> pairs = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(ORDER);

    /** A pair as {@code left << 32 | right}, with its count when it was queued. */
    private record Candidate(long pair, long count) {}

    /** The count of a pair, and the words in which it occurs or occurred earlier. */
    private static final class Occurrences {
        private long count;
        private int[] words = new int[4];
        private int size;

        void in(int word) {
            if (size > 0 && words[size - 1] == word) {
                return;
            }
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = word;
        }
    }

    /** A merge: {@code left} and {@code right} become one symbol. */
    record Merge(int left, int right) {}

    void add(int[] symbols, long frequency) {
        words.add(symbols);
        frequencies.add(frequency);
        count(words.size() - 1, symbols, frequency);
    }

    private void count(int word, int[] symbols, long frequency) {
        for (int i = 0; i + 1 < symbols.length; i++) {
            Occurrences seen = pairs.computeIfAbsent(pair(symbols[i], symbols[i + 1]), p -> new Occurrences());
            seen.count += frequency;
            if (frequency > 0) {
                seen.in(word);
            }
        }
    }

    /**
     * The merges in order, until the table holds {@code size} symbols.
     *
     * @param table receives a symbol for every merge that creates a new text
     * @param minCount pairs rarer than this are not merged
     */
    List<Merge> merge(SymbolTable table, int size, long minCount) {
        pairs.forEach((pair, seen) -> queue.add(new Candidate(pair, seen.count)));
        List<Merge> merges = new ArrayList<>();
        while (table.size() < size && !queue.isEmpty()) {
            Candidate best = queue.poll();
            Occurrences seen = pairs.get(best.pair());
            if (seen == null || seen.count < minCount) {
                continue;
            }
            if (seen.count != best.count()) {
                queue.add(new Candidate(best.pair(), seen.count)); // stale: later merges have consumed the pair
                continue;
            }
            Merge merge = new Merge((int) (best.pair() >> 32), (int) best.pair());
            apply(merge, table.join(merge.left(), merge.right()), seen);
            merges.add(merge);
        }
        return merges;
    }

    private void apply(Merge merge, int id, Occurrences seen) {
        Map<Long, Occurrences> grown = new HashMap<>();
        int[] where = Arrays.copyOf(seen.words, seen.size);
        Arrays.sort(where);
        int last = -1;
        for (int word : where) {
            if (word == last) {
                continue;
            }
            last = word;
            int[] before = words.get(word);
            int[] after = replace(before, merge, id);
            if (after.length < before.length) {
                long frequency = frequencies.get(word);
                count(word, before, -frequency);
                count(word, after, frequency);
                words.set(word, after);
                collectNew(after, id, grown);
            }
        }
        pairs.remove(pair(merge.left(), merge.right()));
        grown.forEach((pair, now) -> queue.add(new Candidate(pair, now.count)));
    }

    /** Queues the pairs with the new symbol. */
    private void collectNew(int[] symbols, int id, Map<Long, Occurrences> grown) {
        for (int i = 0; i + 1 < symbols.length; i++) {
            if (symbols[i] == id || symbols[i + 1] == id) {
                long pair = pair(symbols[i], symbols[i + 1]);
                Occurrences now = pairs.get(pair);
                if (now != null) {
                    grown.put(pair, now);
                }
            }
        }
    }

    private static int[] replace(int[] symbols, Merge merge, int id) {
        int[] merged = new int[symbols.length];
        int size = 0;
        for (int i = 0; i < symbols.length; i++) {
            boolean here = i + 1 < symbols.length && symbols[i] == merge.left() && symbols[i + 1] == merge.right();
            merged[size++] = here ? id : symbols[i];
            if (here) {
                i++;
            }
        }
        return size == symbols.length ? symbols : Arrays.copyOf(merged, size);
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
