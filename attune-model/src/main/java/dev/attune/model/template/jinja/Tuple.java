package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's tuple.
 *
 * @param group whether it is a group of {@code groupby}, whose parts have the names {@code grouper} and {@code list}
 */
record Tuple(List<@Nullable Object> items, boolean group) {
    Tuple {
        items = Collections.unmodifiableList(new ArrayList<>(items));
    }

    Tuple(List<@Nullable Object> items) {
        this(items, false);
    }
}
