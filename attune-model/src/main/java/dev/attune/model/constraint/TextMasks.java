package dev.attune.model.constraint;

import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * For a place in a string, the tokens that stay in it, and the points of the trie where it closes. The last few hundred
 * places are kept, for all requests of a model.
 */
final class TextMasks {
    private static final int KEPT = 512;

    /**
     * @param inside tokens that do not close the string; not to be changed
     * @param exits nodes of the trie that end in the closing quote
     * @param tails what tokens have after that quote, numbered
     * @param closing for each tail, the tokens; not to be changed
     */
    record Mask(BitSet inside, int[] exits, TokenTrie tails, List<BitSet> closing) {}

    private record Spot(Dfa dfa, long state) {}

    private final TokenTrie trie;
    private final int tokens;
    private final Map<Spot, Mask> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Spot, Mask> eldest) {
            return size() > KEPT;
        }
    });

    TextMasks(TokenTrie trie, int tokens) {
        this.trie = trie;
        this.tokens = tokens;
    }

    Mask get(Dfa dfa, long state) {
        Spot spot = new Spot(dfa, state);
        Mask mask = kept.get(spot);
        if (mask == null) {
            mask = compute(dfa, state);
            kept.put(spot, mask);
        }
        return mask;
    }

    private Mask compute(Dfa dfa, long state) {
        BitSet inside = new BitSet(tokens);
        long[] states = new long[trie.deepest() + 1];
        states[0] = state;
        int[] exits = new int[16];
        int found = 0;
        int node = 1;
        while (node < trie.size()) {
            int depth = trie.depth(node);
            long next = JsonText.step(dfa, states[depth - 1], trie.value(node));
            if (next < 0) {
                if (next == JsonText.CLOSED) {
                    exits = found < exits.length ? exits : Arrays.copyOf(exits, 2 * found);
                    exits[found++] = node;
                }
                node = trie.end(node);
                continue;
            }
            states[depth] = next;
            for (int token : trie.tokens(node)) {
                inside.set(token);
            }
            node++;
        }
        return mask(inside, Arrays.copyOf(exits, found));
    }

    private Mask mask(BitSet inside, int[] exits) {
        Map<List<Integer>, BitSet> byTail = new LinkedHashMap<>();
        for (int exit : exits) {
            for (int node = exit; node < trie.end(exit); node++) {
                if (trie.tokens(node).length > 0) {
                    BitSet own = byTail.computeIfAbsent(tail(exit, node), tail -> new BitSet());
                    Arrays.stream(trie.tokens(node)).forEach(own::set);
                }
            }
        }
        List<byte[]> tails = new ArrayList<>();
        byTail.keySet().forEach(tail -> tails.add(bytes(tail)));
        List<Integer> order = IntStream.range(0, tails.size())
                .boxed()
                .sorted(Comparator.comparing(tails::get, Arrays::compareUnsigned))
                .toList();
        return new Mask(inside, exits, new TokenTrie(order, tails::get), List.copyOf(byTail.values()));
    }

    private List<Integer> tail(int exit, int node) {
        return Arrays.stream(trie.path(node)).skip(trie.depth(exit)).boxed().toList();
    }

    private static byte[] bytes(List<Integer> tail) {
        byte[] bytes = new byte[tail.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = tail.get(i).byteValue();
        }
        return bytes;
    }
}
