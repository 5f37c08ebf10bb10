package dev.attune.model.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Tokens by their bytes. Nodes are numbered so that those below a node follow it at once; node 0 is the root. */
final class TokenTrie {
    private final int[] bytes;
    private final int[] ends;
    private final int[] depths;
    private final int[] parents;
    private final int[][] tokens;
    private final int deepest;
    private int size;

    /** @param ids sorted by their bytes */
    TokenTrie(List<Integer> ids, IntFunction<byte[]> bytesOf) {
        int most = 1;
        for (int id : ids) {
            most += bytesOf.apply(id).length;
        }
        int[] values = new int[most];
        int[] last = new int[most];
        int[] deep = new int[most];
        int[] up = new int[most];
        List<int[]> own = new ArrayList<>();
        own.add(new int[0]);
        size = 1;
        List<Integer> path = new ArrayList<>(List.of(0));
        byte[] before = {};
        for (int id : ids) {
            byte[] now = bytesOf.apply(id);
            int shared = Arrays.mismatch(before, now);
            int keep = shared < 0 ? now.length : shared;
            close(path, keep, last);
            for (int i = keep; i < now.length; i++) {
                values[size] = now[i] & 0xFF;
                deep[size] = i + 1;
                up[size] = path.get(path.size() - 1);
                own.add(new int[0]);
                path.add(size++);
            }
            int node = path.get(path.size() - 1);
            int[] same = Arrays.copyOf(own.get(node), own.get(node).length + 1);
            same[same.length - 1] = id;
            own.set(node, same);
            before = now;
        }
        close(path, -1, last);
        bytes = Arrays.copyOf(values, size);
        ends = Arrays.copyOf(last, size);
        depths = Arrays.copyOf(deep, size);
        parents = Arrays.copyOf(up, size);
        tokens = own.toArray(new int[0][]);
        deepest = Arrays.stream(depths).max().orElse(0);
    }

    private void close(List<Integer> path, int keep, int[] last) {
        while (path.size() > keep + 1) {
            last[path.remove(path.size() - 1)] = size;
        }
    }

    int size() {
        return bytes.length;
    }

    /** The last byte of a node, 0 to 255. */
    int value(int node) {
        return bytes[node];
    }

    /** The number after that of the last node below. */
    int end(int node) {
        return ends[node];
    }

    /** The number of bytes of a node. */
    int depth(int node) {
        return depths[node];
    }

    int deepest() {
        return deepest;
    }

    /** The tokens that have exactly the bytes of a node. */
    int[] tokens(int node) {
        return tokens[node];
    }

    /** All bytes of a node. */
    int[] path(int node) {
        int[] path = new int[depths[node]];
        for (int at = node; at > 0; at = parents[at]) {
            path[depths[at] - 1] = bytes[at];
        }
        return path;
    }
}
