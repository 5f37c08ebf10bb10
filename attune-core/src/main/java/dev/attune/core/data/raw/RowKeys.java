package dev.attune.core.data.raw;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row's object together with the keys that were read from it, so that a report can name the keys left unused. */
public final class RowKeys {
    private final ObjectNode object;
    private final Set<String> used = new HashSet<>();
    private final Set<String> unusedInside = new LinkedHashSet<>();

    public RowKeys(ObjectNode object) {
        this.object = object;
    }

    /** The row itself. */
    public ObjectNode object() {
        return object;
    }

    /** Marks a key as used and returns it. */
    public String use(String key) {
        used.add(key);
        return key;
    }

    /** Marks several keys as used. */
    public void useAll(List<String> keys) {
        used.addAll(keys);
    }

    /** Whether something was read from a key. */
    public boolean isUsed(String key) {
        return used.contains(key);
    }

    /** The value of a key, which counts as used; null if it is absent or a JSON null. */
    public @Nullable JsonNode take(String key) {
        used.add(key);
        JsonNode value = object.get(key);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the row has a value other than null for the key; the key does not count as used. */
    public boolean has(String key) {
        JsonNode value = object.get(key);
        return value != null && !value.isNull();
    }

    /** The first of the keys that has a value, or null. */
    public @Nullable String first(List<String> keys) {
        return keys.stream().filter(this::has).findFirst().orElse(null);
    }

    /** Reports a key inside a used value as unused, for example {@code completions[].score}. */
    public void unusedInside(String path) {
        unusedInside.add(path);
    }

    /** Reports the keys that another object inside this one left unused, under a prefix such as {@code fields.}. */
    public void unusedInside(String prefix, RowKeys inner) {
        inner.unused().forEach(key -> unusedInside.add(prefix + key));
    }

    /** The keys that hold a value and were not used; nulls, blank texts and empty lists do not count. */
    public Set<String> unused() {
        Set<String> unused = new LinkedHashSet<>();
        object.properties().forEach(field -> {
            if (!used.contains(field.getKey()) && holdsSomething(field.getValue())) {
                unused.add(field.getKey());
            }
        });
        unused.addAll(unusedInside);
        return unused;
    }

    /** Whether a value has content: it is not null, a blank text or an empty container. */
    public static boolean holdsSomething(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return false;
        }
        if (value.isString()) {
            return !value.stringValue().isBlank();
        }
        return !value.isContainer() || !value.isEmpty();
    }
}
