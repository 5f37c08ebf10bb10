package dev.attune.model.template.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of {@code namespace()}: attributes that loops can change. */
final class Namespace implements Attributed {
    private final Map<String, @Nullable Object> attributes;

    Namespace(Map<String, @Nullable Object> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }

    @Override
    public @Nullable Object get(String name) {
        return attributes.containsKey(name)
                ? attributes.get(name)
                : new Undefined("the attribute '" + name + "' of a namespace");
    }

    void set(String name, @Nullable Object value) {
        attributes.put(name, value);
    }
}
