package dev.attune.core.reward;

import java.util.Set;
import java.util.regex.Pattern;

/** Short names of reward functions, by which their metrics can be compared between runs. */
public final class RewardNames {
    private static final String SEPARATORS = "[/\\\\]+";

    /** Generic names of folders, which do not identify a model. */
    private static final Pattern GENERIC = Pattern.compile(
            "model|run|final|best|last|latest|checkpoints?|snapshots|(step|checkpoint)-\\d+|[0-9a-f]{40}|\\.{1,2}|");

    private RewardNames() {}

    /**
     * The last meaningful part of a model's address: {@code reward} for {@code runs/reward/model}, {@code name} for
     * {@code hf:owner/name} and for its folder in the cache of Hugging Face.
     */
    public static String ofModel(String address) {
        String[] parts = address.replaceFirst("^[a-z]+:(?!\\\\)", "").split(SEPARATORS, -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!GENERIC.matcher(parts[i]).matches()) {
                return parts[i].replaceFirst("^models--.*--", "");
            }
        }
        return "model";
    }

    /** The name, or the first of NAME-2, NAME-3, ... that is not taken. */
    public static String unique(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }
}
