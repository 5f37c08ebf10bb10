package dev.attune.feedback.constitution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The differences between two constitutions, key by key. Principles are matched by name, examples by prompt and answer. */
public final class ConstitutionDiff {
    /**
     * A key with another value.
     *
     * @param key such as {@code principles.NAME.weight}
     * @param before null if it is new
     * @param after null if it is gone
     */
    public record Change(
            String key, @Nullable String before, @Nullable String after) {}

    private ConstitutionDiff() {}

    /** The changes in the order of the keys of {@code before}, then the new keys; empty if nothing changed. */
    public static List<Change> of(Constitution before, Constitution after) {
        Map<String, String> old = flat(before);
        Map<String, String> recent = flat(after);
        Set<String> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(recent.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            if (!Objects.equals(old.get(key), recent.get(key))) {
                changes.add(new Change(key, old.get(key), recent.get(key)));
            }
        }
        return changes;
    }

    private static Map<String, String> flat(Constitution constitution) {
        Map<String, String> flat = new LinkedHashMap<>();
        flat.put("name", constitution.name());
        flat.put("version", String.valueOf(constitution.version()));
        flat.put("description", constitution.description());
        flat.put("no_fault", constitution.noFault());
        for (Principle principle : constitution.principles()) {
            String place = "principles." + principle.name() + ".";
            flat.put(place + "critique", principle.critique());
            flat.put(place + "revision", principle.revision());
            flat.put(place + "comparison", principle.comparison());
            flat.put(place + "weight", String.valueOf(principle.weight()));
            flat.put(place + "tags", String.join(", ", principle.tags()));
        }
        for (WorkedExample example : constitution.examples()) {
            String place = "examples." + example.prompt() + " | " + example.answer() + ".";
            flat.put(place + "principle", example.principle());
            flat.put(place + "critique", example.critique());
            flat.put(place + "revision", Objects.requireNonNullElse(example.revision(), ""));
        }
        return flat;
    }
}
