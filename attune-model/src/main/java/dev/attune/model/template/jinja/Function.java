package dev.attune.model.template.jinja;

import org.jspecify.annotations.Nullable;

/** A callable value: a global function, a macro, a method bound to its value. */
interface Function {
    @Nullable
    Object call(CallArguments arguments);
}
