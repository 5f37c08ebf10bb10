package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro with the scope that it was defined in. */
final class Macro implements Function, Attributed {
    private final Statement.Macro macro;
    private final Variables definedIn;

    Macro(Statement.Macro macro, Variables definedIn) {
        this.macro = macro;
        this.definedIn = definedIn;
    }

    @Override
    public Object call(CallArguments arguments) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>(arguments.named());
        Variables scope = new Variables(definedIn);
        boolean takesCaller = macro.parameters().contains("caller");
        if (!takesCaller) {
            Object caller = named.remove("caller");
            scope.set("caller", caller == null ? new Undefined("'caller'") : caller);
        }
        List<String> parameters = macro.parameters();
        List<@Nullable Object> positional = arguments.positional();
        for (int i = 0; i < parameters.size(); i++) {
            bind(parameters.get(i), i < positional.size() ? positional.get(i) : CallArguments.ABSENT, named, scope);
        }
        MacroUse use = MacroUse.of(macro);
        List<@Nullable Object> further = positional.size() <= parameters.size()
                ? List.of()
                : new ArrayList<>(positional.subList(parameters.size(), positional.size()));
        refuse(!further.isEmpty() && !use.varargs(), "more than " + parameters.size() + " arguments");
        refuse(!named.isEmpty() && !use.kwargs(), "the unknown arguments " + named.keySet());
        scope.set("varargs", new Tuple(further));
        scope.set("kwargs", named);
        return Interpreter.run(macro.body(), scope);
    }

    private void bind(String parameter, @Nullable Object given, Map<String, @Nullable Object> named, Variables scope) {
        boolean byName = named.containsKey(parameter);
        refuse(byName && CallArguments.given(given), "'" + parameter + "' twice");
        Object value = byName ? named.remove(parameter) : given;
        Expression otherwise = macro.defaults().get(parameter);
        scope.set(
                parameter,
                CallArguments.given(value)
                        ? value
                        : otherwise == null
                                ? new Undefined("the parameter '" + parameter + "'")
                                : Evaluator.value(otherwise, scope));
    }

    private void refuse(boolean wrong, String what) {
        if (wrong) {
            throw new TemplateError("the macro '" + macro.name() + "' is given " + what);
        }
    }

    @Override
    public @Nullable Object get(String name) {
        return switch (name) {
            case "name" -> macro.name();
            case "arguments" -> new Tuple(new ArrayList<>(macro.parameters()));
            case "catch_varargs" -> MacroUse.of(macro).varargs();
            case "catch_kwargs" -> MacroUse.of(macro).kwargs();
            default -> throw TemplateError.unsupported("'" + name + "' of a macro");
        };
    }
}
