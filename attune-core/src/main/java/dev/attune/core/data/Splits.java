package dev.attune.core.data;

import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Splits that keep items of one key together, so that no prompt is on both sides. Which side a key falls on depends
 * only on the key and the seed: neither the order of the file nor other rows change it.
 */
public final class Splits {
    private Splits() {}

    /** A prompt as a key: equal for equal prompts. */
    public static String key(Prompt prompt) {
        if (prompt instanceof Prompt.Text text) {
            return text.text();
        }
        StringBuilder key = new StringBuilder();
        for (Message message : prompt.messages()) {
            key.append('\u001e').append(message.role()).append('\u001f').append(message.content());
            if (!message.fields().isEmpty()) {
                key.append('\u001f').append(Json.line(message.fields()));
            }
        }
        if (prompt instanceof Prompt.Chat chat && !chat.tools().isEmpty()) {
            key.append('\u001d').append(Json.line(chat.tools()));
        }
        return key.toString();
    }

    /**
     * Holds out about a share of the prompts with all their rows.
     *
     * @param heldOut the share, in [0, 1]
     */
    public static <R extends Row> Split<R> byPrompt(List<R> rows, double heldOut, long seed) {
        return byKey(rows, row -> key(row.prompt()), heldOut, seed);
    }

    /** Holds out about a share of the keys with all their items. */
    public static <T> Split<T> byKey(List<T> items, Function<? super T, String> key, double heldOut, long seed) {
        return split(items, item -> fraction(key.apply(item), seed) < heldOut);
    }

    /** Holds out the items whose key is named. */
    public static <T> Split<T> byName(List<T> items, Function<? super T, String> key, Set<String> names) {
        return split(items, item -> names.contains(key.apply(item)));
    }

    /** Each fold holds out another part of the prompts; sizes differ by at most one prompt. */
    public static <R extends Row> List<Split<R>> foldsByPrompt(List<R> rows, int folds, long seed) {
        return folds(rows, row -> key(row.prompt()), folds, seed);
    }

    /** Each fold holds out another part of the keys; sizes differ by at most one key. */
    public static <T> List<Split<T>> folds(List<T> items, Function<? super T, String> key, int folds, long seed) {
        if (folds < 2) {
            throw new IllegalArgumentException("at least 2 folds, not " + folds);
        }
        List<String> keys = items.stream()
                .map(key)
                .distinct()
                .sorted(Comparator.comparingDouble((String name) -> fraction(name, seed))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<String, Integer> foldOf = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            foldOf.put(keys.get(i), i % folds);
        }
        List<Split<T>> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int current = fold;
            splits.add(split(items, item -> foldOf.getOrDefault(key.apply(item), -1) == current));
        }
        return splits;
    }

    private static <T> Split<T> split(List<T> items, Predicate<T> heldOut) {
        List<T> train = new ArrayList<>();
        List<T> held = new ArrayList<>();
        items.forEach(item -> (heldOut.test(item) ? held : train).add(item));
        return new Split<>(train, held);
    }

    /** A number in [0, 1) from a hash of seed and key: 52 of its bits. */
    static double fraction(String key, long seed) {
        String hash = Hashing.sha256(seed + "\n" + key);
        return Long.parseLong(hash.substring(0, 13), 16) * 0x1p-52;
    }
}
