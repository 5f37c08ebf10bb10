package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's generator, which filters such as selectattr return: it can only be iterated, and only once. */
final class Lazy {
    private List<@Nullable Object> items;

    Lazy(List<@Nullable Object> items) {
        this.items = items;
    }

    List<@Nullable Object> take() {
        List<@Nullable Object> all = items;
        items = List.of();
        return all;
    }
}
