package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, filter or test. */
record CallArguments(String callee, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    /** Marks an argument that was not given. */
    static final Object ABSENT = new Object();

    /** The values of these parameters in order, {@link #ABSENT} if none is given; any others are refused. */
    List<@Nullable Object> bind(String... parameters) {
        if (positional.size() > parameters.length) {
            throw new TemplateError(callee + " is given " + positional.size() + " arguments, which is too many");
        }
        List<@Nullable Object> values = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < parameters.length; i++) {
            boolean byName = named.containsKey(parameters[i]);
            if (byName && i < positional.size()) {
                throw new TemplateError(callee + " is given '" + parameters[i] + "' twice");
            }
            used += byName ? 1 : 0;
            values.add(i < positional.size() ? positional.get(i) : byName ? named.get(parameters[i]) : ABSENT);
        }
        if (used < named.size()) {
            throw TemplateError.unsupported("an argument of " + callee + " among " + named.keySet());
        }
        return values;
    }

    /** A copy with one more named value. */
    CallArguments with(String name, Object value) {
        Map<String, @Nullable Object> more = new java.util.LinkedHashMap<>(named);
        more.put(name, value);
        return new CallArguments(callee, positional, more);
    }

    /** Throws if there is any argument. */
    void none() {
        bind();
    }

    /** These arguments without the first positional one. */
    CallArguments rest(String newCallee) {
        return new CallArguments(newCallee, positional.subList(1, positional.size()), named);
    }

    static boolean given(@Nullable Object argument) {
        return argument != ABSENT;
    }

    static @Nullable Object or(@Nullable Object argument, @Nullable Object otherwise) {
        return argument == ABSENT ? otherwise : argument;
    }
}
