package dev.attune.model.template.jinja;

import org.jspecify.annotations.Nullable;

/** A value of this package with attributes: a namespace, a loop, a macro. */
interface Attributed {
    @Nullable
    Object get(String name);
}
