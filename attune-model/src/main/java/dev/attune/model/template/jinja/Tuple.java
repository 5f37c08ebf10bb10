package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's tuple. */
record Tuple(List<@Nullable Object> items) {
    Tuple {
        items = Collections.unmodifiableList(new ArrayList<>(items));
    }
}
