package dev.attune.model.constraint;

import dev.attune.model.constraint.machine.Frame;
import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.text.Dfa;
import dev.attune.model.constraint.text.JsonText;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/** Finds the tokens that may follow, and of those the ones after which the end is near enough. */
final class TokenWalk {
    /** The most bytes that are left of one character. */
    private static final int MAX_PENDING = 12;

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
            walk(trie, List.of(way), allowed::set);
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
        BitSet closing = new BitSet(vocabulary.size());
        walk(
                mask.tails(),
                Machine.closed(way),
                tail -> closing.or(mask.closing().get(tail)));
        if (way.top() instanceof Frame.Key key && key.set() >= 0) {
            keepNewKeys(way, mask, closing);
        }
        allowed.or(closing);
    }

    /** Takes out tokens that complete a key that has been used, or complete a second one that is like the first. */
    private void keepNewKeys(Stack way, TextMasks.Mask mask, BitSet closing) {
        for (int exit : mask.exits()) {
            if (Machine.step(List.of(way), trie.path(exit)).isEmpty()) {
                for (int node = exit; node < trie.end(exit); node++) {
                    Arrays.stream(trie.tokens(node)).forEach(closing::clear);
                }
            }
        }
        for (int token = closing.nextSetBit(0); token >= 0; token = closing.nextSetBit(token + 1)) {
            int[] path = vocabulary.path(token);
            boolean more = Arrays.stream(path).filter(value -> value == '"').count() > 2;
            if (more && Machine.step(List.of(way), path).isEmpty()) {
                closing.clear(token);
            }
        }
    }

    /** As the mask, token by token. */
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
            int[] tokens = trie.tokens(node);
            if (tokens.length > 0 && isNear(around + JsonText.distance(text.dfa(), next))) {
                Arrays.stream(tokens).forEach(allowed::set);
            }
            node++;
        }
    }

    /** Takes the tokens of a trie after which there is a way on. */
    private void walk(TokenTrie from, List<Stack> ways, IntConsumer found) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<Stack>[] states = new List[from.deepest() + 1];
        int node = 0;
        while (node < from.size()) {
            int depth = from.depth(node);
            List<Stack> next = node == 0 ? ways : Machine.step(states[depth - 1], from.value(node));
            if (next.isEmpty()) {
                node = from.end(node);
                continue;
            }
            states[depth] = next;
            int[] tokens = from.tokens(node);
            if (tokens.length > 0 && isNear(Machine.distance(next))) {
                Arrays.stream(tokens).forEach(found);
            }
            node++;
        }
    }

    private boolean isNear(int distance) {
        if (distance > limit) {
            least = Math.min(least, distance);
        }
        return distance <= limit;
    }
}
