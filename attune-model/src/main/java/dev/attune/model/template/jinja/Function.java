package dev.attune.model.template.jinja;

import org.jspecify.annotations.Nullable;

/** Something that can be called: a global function, a macro, a method bound to its value. */
interface Function {
    @Nullable
    Object call(CallArguments arguments);
}
