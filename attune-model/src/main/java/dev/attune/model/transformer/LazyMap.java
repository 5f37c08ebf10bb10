package dev.attune.model.transformer;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map with fixed keys whose values are made when they are asked for, each time anew. */
final class LazyMap<V> extends AbstractMap<String, V> {
    private final Set<String> keys;
    private final Function<String, V> values;

    LazyMap(Set<String> keys, Function<String, V> values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && keys.contains(name);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return key instanceof String name && keys.contains(name) ? values.apply(name) : null;
    }

    @Override
    public Set<String> keySet() {
        return keys;
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                Iterator<String> names = keys.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return names.hasNext();
                    }

                    @Override
                    public Map.Entry<String, V> next() {
                        String name = names.next();
                        return Map.entry(name, values.apply(name));
                    }
                };
            }

            @Override
            public int size() {
                return keys.size();
            }
        };
    }
}
