package dev.attune.model.template.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a scope and its outer scopes; variables set inside a loop or macro are not visible outside it. */
final class Variables {
    private final @Nullable Variables outer;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    @Nullable
    Object get(String name) {
        for (Variables scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        return new Undefined("'" + name + "'");
    }

    void set(String name, @Nullable Object value) {
        values.put(name, value);
    }
}
