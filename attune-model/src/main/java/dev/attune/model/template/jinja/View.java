package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range, or the keys, values or items of a dict: it can be iterated repeatedly.
 *
 * @param kind one of the constants; for a range how Python prints it
 */
record View(String kind, List<@Nullable Object> items) {
    static final String KEYS = "dict_keys";
    static final String VALUES = "dict_values";
    static final String ITEMS = "dict_items";

    boolean isRange() {
        return kind.startsWith("range");
    }

    String printed() {
        return isRange() ? kind : kind + "(" + Printing.repr(items) + ")";
    }
}
