package dev.attune.studio.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The words that were taken out of a text and put into it, by a longest common subsequence. */
public final class WordDiff {
    /** Words of both texts between which the subsequence is searched; longer texts count as replaced. */
    private static final int MAX_CELLS = 4_000_000;

    /** Texts that share a smaller part of their words count as replaced: marks between single words could not be read. */
    private static final double MIN_COMMON = 0.3;

    private static final Pattern WORD = Pattern.compile("\\S+\\s*|^\\s+");

    private final List<String> before;
    private final List<String> after;
    private final List<Part> parts = new ArrayList<>();

    /** What became of a part of a text. */
    public enum Change {
        KEPT,
        REMOVED,
        ADDED
    }

    /** Consecutive words with the same fate. */
    public record Part(Change change, String text) {}

    private WordDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /**
     * The parts of both texts in reading order: without the added ones they are the old text, without the removed ones the new
     * one, up to white space.
     */
    public static List<Part> of(String before, String after) {
        WordDiff diff = new WordDiff(words(before), words(after));
        diff.compare();
        return List.copyOf(diff.parts);
    }

    /** The parts of the old text. */
    public static List<Part> old(List<Part> parts) {
        return parts.stream().filter(part -> part.change() != Change.ADDED).toList();
    }

    /** The parts of the new text. */
    public static List<Part> recent(List<Part> parts) {
        return parts.stream().filter(part -> part.change() != Change.REMOVED).toList();
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(result -> result.group()).toList();
    }

    private void compare() {
        int start = commonStart();
        int end = commonEnd(start);
        int oldEnd = before.size() - end;
        int newEnd = after.size() - end;
        int[][] lengths = lengths(start, oldEnd, newEnd);
        int common = start + end + lengths[0][0];
        if (common < MIN_COMMON * Math.max(before.size(), after.size())) {
            before.forEach(word -> add(Change.REMOVED, word));
            after.forEach(word -> add(Change.ADDED, word));
            return;
        }
        before.subList(0, start).forEach(word -> add(Change.KEPT, word));
        walk(start, oldEnd, newEnd, lengths);
        after.subList(newEnd, after.size()).forEach(word -> add(Change.KEPT, word));
    }

    private int commonStart() {
        int limit = Math.min(before.size(), after.size());
        return IntStream.range(0, limit).filter(i -> !same(i, i)).findFirst().orElse(limit);
    }

    private int commonEnd(int start) {
        int limit = Math.min(before.size(), after.size()) - start;
        return IntStream.range(0, limit)
                .filter(i -> !same(before.size() - 1 - i, after.size() - 1 - i))
                .findFirst()
                .orElse(limit);
    }

    private boolean same(int old, int recent) {
        return before.get(old).strip().equals(after.get(recent).strip());
    }

    /** The length of the longest common subsequence behind each pair of words; zeros alone for texts that are too long. */
    private int[][] lengths(int start, int oldEnd, int newEnd) {
        int rows = oldEnd - start;
        int columns = newEnd - start;
        if ((long) rows * columns > MAX_CELLS) {
            return new int[1][1];
        }
        int[][] lengths = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                lengths[i][j] = same(start + i, start + j)
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private void walk(int start, int oldEnd, int newEnd, int[][] lengths) {
        int i = start;
        int j = start;
        boolean searched = lengths.length == oldEnd - start + 1;
        while (searched && i < oldEnd && j < newEnd) {
            if (same(i, j)) {
                add(Change.KEPT, after.get(j++));
                i++;
            } else if (lengths[i + 1 - start][j - start] >= lengths[i - start][j + 1 - start]) {
                add(Change.REMOVED, before.get(i++));
            } else {
                add(Change.ADDED, after.get(j++));
            }
        }
        before.subList(i, oldEnd).forEach(word -> add(Change.REMOVED, word));
        after.subList(j, newEnd).forEach(word -> add(Change.ADDED, word));
    }

    private void add(Change change, String word) {
        int last = parts.size() - 1;
        if (last >= 0 && parts.get(last).change() == change) {
            parts.set(last, new Part(change, parts.get(last).text() + word));
        } else {
            parts.add(new Part(change, word));
        }
    }
}
