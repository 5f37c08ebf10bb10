package dev.attune.model.template.jinja;

import java.util.List;

/** Whether a macro's body reads {@code varargs} and {@code kwargs}: only then may it be given more arguments. */
record MacroUse(boolean varargs, boolean kwargs) {
    static MacroUse of(Statement.Macro macro) {
        String body = String.valueOf(macro.body());
        return new MacroUse(reads(body, "varargs"), reads(body, "kwargs"));
    }

    /**
     * Whether a body mentions a name; the text of statements and expressions, which are records, contains every name.
     */
    private static boolean reads(String body, String name) {
        return List.of("Name[name=" + name + "]").stream().anyMatch(body::contains);
    }
}
