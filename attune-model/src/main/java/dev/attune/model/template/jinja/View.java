package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range, or the keys, values or items of a dict: it can be gone through again and again, but not printed. */
record View(List<@Nullable Object> items) {}
