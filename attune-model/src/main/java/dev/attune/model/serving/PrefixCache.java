package dev.attune.model.serving;

import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the beginnings of prompts, in chunks of a fixed number of tokens. A chunk is found by all tokens up to
 * its end and by its adapter, never by a hash of them. Because prompts are always computed in these chunks, a prompt whose
 * beginning is found gives the same digits as one that is computed anew. Chunks that were not used for longest go first.
 */
final class PrefixCache implements AutoCloseable {
    /** Tokens of a chunk. */
    static final int CHUNK = 128;

    private final long limit;
    private final Map<String, Node> roots = new HashMap<>();
    private final LinkedHashSet<Node> byUse = new LinkedHashSet<>();

    /** @param limit of tokens */
    PrefixCache(long limit) {
        this.limit = limit;
    }

    private static final class Node {
        private final @Nullable Node parent;
        private final List<Integer> tokens;
        private final List<Tensor> keysAndValues;
        private final Map<List<Integer>, Node> children = new HashMap<>();

        Node(@Nullable Node parent, List<Integer> tokens, List<Tensor> keysAndValues) {
            this.parent = parent;
            this.tokens = tokens;
            this.keysAndValues = keysAndValues;
        }
    }

    long tokens() {
        return (long) CHUNK * byUse.size();
    }

    /** The longest known beginning of a prompt that leaves at least its last token to compute, chunk by chunk. */
    List<List<Tensor>> find(@Nullable String adapter, int... prompt) {
        List<List<Tensor>> found = new ArrayList<>();
        Node node = root(adapter);
        for (int chunk = 0; (chunk + 1) * CHUNK < prompt.length; chunk++) {
            Node next = node.children.get(chunk(prompt, chunk));
            if (next == null) {
                break;
            }
            touch(next);
            found.add(next.keysAndValues);
            node = next;
        }
        return found;
    }

    /** Whether a chunk is unknown, and those before it are known: then it can be {@linkplain #put kept}. */
    boolean misses(@Nullable String adapter, int[] prompt, int chunk) {
        Node before = before(adapter, prompt, chunk);
        return before != null && !before.children.containsKey(chunk(prompt, chunk));
    }

    /**
     * Keeps a chunk, whose tensors belong to this from now on; frees others if there is too little room.
     *
     * @param chunk its number, from 0
     */
    void put(@Nullable String adapter, int[] prompt, int chunk, List<Tensor> keysAndValues) {
        Node before = before(adapter, prompt, chunk);
        if (before == null || before.children.containsKey(chunk(prompt, chunk))) {
            keysAndValues.forEach(Tensor::close);
            return;
        }
        Node node = new Node(before, chunk(prompt, chunk), keysAndValues);
        before.children.put(node.tokens, node);
        byUse.add(node);
        shrink(limit);
    }

    private @Nullable Node before(@Nullable String adapter, int[] prompt, int chunk) {
        Node node = root(adapter);
        for (int i = 0; i < chunk && node != null; i++) {
            node = node.children.get(chunk(prompt, i));
        }
        return node;
    }

    /** Frees chunks until at most so many tokens are left. */
    void shrink(long tokens) {
        while (tokens() > tokens) {
            Node oldest = byUse.stream()
                    .filter(node -> node.children.isEmpty())
                    .findFirst()
                    .orElseThrow();
            remove(oldest);
        }
    }

    private void remove(Node node) {
        byUse.remove(node);
        node.keysAndValues.forEach(Tensor::close);
        if (node.parent != null) {
            node.parent.children.remove(node.tokens);
        }
    }

    private void touch(Node node) {
        byUse.remove(node);
        byUse.add(node);
    }

    private Node root(@Nullable String adapter) {
        return roots.computeIfAbsent(
                adapter == null ? "" : "adapter " + adapter, name -> new Node(null, List.of(), List.of()));
    }

    private static List<Integer> chunk(int[] prompt, int number) {
        return IntStream.of(Arrays.copyOfRange(prompt, number * CHUNK, (number + 1) * CHUNK))
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        shrink(0);
    }
}
