package dev.attune.model.constraint;

import dev.attune.model.constraint.machine.Frame;
import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.JsonText;
import java.util.BitSet;
import java.util.List;

/** Finds the tokens that may follow, and of those the ones after which the end is near enough. */
final class TokenWalk {
    private final TokenVocabulary vocabulary;
    private final TokenTrie trie;
    private final int limit;
    private final BitSet allowed;
    private int least = Dfa.INFINITE;

    /** @param limit the most bytes from the end of a token to the end of the text */
    TokenWalk(TokenVocabulary vocabulary, int limit) {
        this.vocabulary = vocabulary;
        this.trie = vocabulary.trie();
        this.limit = limit;
        this.allowed = new BitSet(vocabulary.size());
    }

    BitSet allowed() {
        return allowed;
    }

    /** The fewest bytes to the end after any token that was not allowed. */
    int least() {
        return least;
    }

    void from(Stack way) {
        if (way.top() instanceof Frame.Quoted text) {
            quoted(way, text);
        } else {
            walk(0, List.of(way));
        }
    }

    /** What may follow in a string does not depend on what is around it, but for the tokens that close it. */
    private void quoted(Stack way, Frame.Quoted text) {
        int around = way.distance() - JsonText.distance(text.dfa(), text.state());
        TextMasks.Mask mask = vocabulary.masks().get(text.dfa(), text.state());
        if (around + text.dfa().longest() + MAX_PENDING <= limit) {
            allowed.or(mask.inside());
        } else {
            near(text, around);
        }
        for (int exit : mask.exits()) {
            List<Stack> ways = List.of(way);
            for (int value : trie.path(exit)) {
                ways = Machine.step(ways, value);
            }
            if (!ways.isEmpty()) {
                take(exit, ways);
                walk(exit, ways);
            }
        }
    }

    /** The most bytes that are left of one character. */
    private static final int MAX_PENDING = 12;

    private void near(Frame.Quoted text, int around) {
        long[] states = new long[trie.deepest() + 1];
        states[0] = text.state();
        int node = 1;
        while (node < trie.size()) {
            int depth = trie.depth(node);
            long next = JsonText.step(text.dfa(), states[depth - 1], trie.value(node));
            if (next < 0) {
                node = trie.end(node);
                continue;
            }
            states[depth] = next;
            if (trie.tokens(node).length > 0) {
                take(node, around + JsonText.distance(text.dfa(), next));
            }
            node++;
        }
    }

    /** Takes the tokens below a node. */
    private void walk(int from, List<Stack> ways) {
        int base = trie.depth(from);
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<Stack>[] states = new List[trie.deepest() + 1];
        states[base] = ways;
        int node = from + 1;
        while (node < trie.end(from)) {
            int depth = trie.depth(node);
            List<Stack> next = Machine.step(states[depth - 1], trie.value(node));
            if (next.isEmpty()) {
                node = trie.end(node);
                continue;
            }
            states[depth] = next;
            take(node, next);
            node++;
        }
    }

    private void take(int node, List<Stack> ways) {
        if (trie.tokens(node).length > 0) {
            take(node, limit >= Dfa.INFINITE ? 0 : Machine.distance(ways));
        }
    }

    private void take(int node, int distance) {
        if (distance > limit) {
            least = Math.min(least, distance);
            return;
        }
        for (int token : trie.tokens(node)) {
            allowed.set(token);
        }
    }
}
