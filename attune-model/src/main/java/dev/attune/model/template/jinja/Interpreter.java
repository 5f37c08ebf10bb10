package dev.attune.model.template.jinja;

import dev.attune.model.tokenizer.TextSpan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements. */
final class Interpreter {
    /** More characters than any prompt has: a template that writes more is broken. */
    private static final int LONGEST = 64 << 20;

    private final StringBuilder out = new StringBuilder();

    private final List<TextSpan> generated = new ArrayList<>();

    /** How a row of statements ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** What a template writes, with the stretches that it marks as the assistant's. */
    static JinjaTemplate.Rendered render(List<Statement> body, Scope scope) {
        Interpreter interpreter = new Interpreter();
        interpreter.all(body, scope);
        return new JinjaTemplate.Rendered(interpreter.out.toString(), List.copyOf(interpreter.generated));
    }

    /** What statements write into a variable or macro; marks inside have no known place and are left out. */
    static String run(List<Statement> body, Scope scope) {
        Interpreter interpreter = new Interpreter();
        interpreter.all(body, scope);
        return interpreter.out.toString();
    }

    private Flow all(List<Statement> body, Scope scope) {
        for (Statement statement : body) {
            Flow flow = one(statement, scope);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow one(Statement statement, Scope scope) {
        if (statement instanceof Statement.Output output) {
            write(output.text());
        } else if (statement instanceof Statement.Print print) {
            at(print.line(), () -> write(Printing.str(Evaluator.value(print.value(), scope))));
        } else if (statement instanceof Statement.If condition) {
            return branch(condition, scope);
        } else if (statement instanceof Statement.For loop) {
            loop(loop, scope);
        } else if (statement instanceof Statement.Set set) {
            at(set.line(), () -> assign(set.target(), Evaluator.value(set.value(), scope), scope));
        } else if (statement instanceof Statement.SetBlock set) {
            scope.set(set.name(), run(set.body(), new Scope(scope)));
        } else if (statement instanceof Statement.Macro macro) {
            scope.set(macro.name(), (Function) arguments -> call(macro, arguments, scope));
        } else if (statement instanceof Statement.Generation generation) {
            int start = out.length();
            all(generation.body(), new Scope(scope));
            generated.add(new TextSpan(start, out.length()));
        } else if (statement instanceof Statement.Break) {
            return Flow.BREAK;
        } else if (statement instanceof Statement.Continue) {
            return Flow.CONTINUE;
        }
        return Flow.ON;
    }

    private void write(String text) {
        if (out.length() + (long) text.length() > LONGEST) {
            throw new TemplateError("it writes more than " + LONGEST + " characters");
        }
        out.append(text);
    }

    private Flow branch(Statement.If condition, Scope scope) {
        for (Statement.Branch branch : condition.branches()) {
            boolean[] holds = new boolean[1];
            at(condition.line(), () -> holds[0] = Evaluator.truth(branch.condition(), scope));
            if (holds[0]) {
                return all(branch.body(), scope);
            }
        }
        return all(condition.otherwise(), scope);
    }

    private void loop(Statement.For loop, Scope scope) {
        List<@Nullable Object> items = new ArrayList<>();
        at(loop.line(), () -> items.addAll(chosen(loop, scope)));
        LoopVariables variables = new LoopVariables(items);
        for (int i = 0; i < items.size(); i++) {
            variables.moveTo(i);
            Scope inner = new Scope(scope);
            inner.set("loop", variables);
            Object item = items.get(i);
            at(loop.line(), () -> assign(loop.target(), item, inner));
            if (all(loop.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        if (items.isEmpty()) {
            all(loop.otherwise(), new Scope(scope));
        }
    }

    private static List<@Nullable Object> chosen(Statement.For loop, Scope scope) {
        List<@Nullable Object> items = Values.iterate(Evaluator.value(loop.items(), scope));
        Expression condition = loop.condition();
        if (condition == null) {
            return items;
        }
        List<@Nullable Object> chosen = new ArrayList<>();
        for (Object item : items) {
            Scope inner = new Scope(scope);
            assign(loop.target(), item, inner);
            if (Evaluator.truth(condition, inner)) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    private static void assign(Statement.Target target, @Nullable Object value, Scope scope) {
        if (target instanceof Statement.Target.Single single) {
            scope.set(single.name(), value);
        } else if (target instanceof Statement.Target.Several several) {
            List<@Nullable Object> values = Values.iterate(value);
            if (values.size() != several.names().size()) {
                throw new TemplateError(values.size() + " values for the names " + several.names());
            }
            for (int i = 0; i < values.size(); i++) {
                scope.set(several.names().get(i), values.get(i));
            }
        } else if (target instanceof Statement.Target.OfNamespace attribute) {
            if (!(scope.get(attribute.namespace()) instanceof Namespace namespace)) {
                throw new TemplateError("'" + attribute.namespace() + "' is no namespace");
            }
            namespace.set(attribute.attribute(), value);
        }
    }

    private static String call(Statement.Macro macro, CallArguments arguments, Scope definedIn) {
        Scope scope = new Scope(definedIn);
        for (String name : List.of("caller", "varargs", "kwargs")) {
            scope.set(name, (Function) given -> {
                throw TemplateError.unsupported("'" + name + "' in a macro");
            });
        }
        List<@Nullable Object> values = arguments.bind(macro.parameters().toArray(String[]::new));
        for (int i = 0; i < values.size(); i++) {
            String name = macro.parameters().get(i);
            Expression otherwise = macro.defaults().get(name);
            Object given = values.get(i);
            scope.set(
                    name,
                    CallArguments.given(given)
                            ? given
                            : otherwise == null
                                    ? new Undefined("the parameter '" + name + "'")
                                    : Evaluator.value(otherwise, scope));
        }
        return run(macro.body(), scope);
    }

    /** Adds the line to complaints that have none. */
    private static void at(int line, Runnable work) {
        try {
            work.run();
        } catch (TemplateError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("line ") ? e : new TemplateError("line " + line + ": " + message);
        }
    }

    static Scope globals(Map<String, ? extends @Nullable Object> variables, @Nullable LocalDateTime now) {
        Scope globals = new Scope(null);
        Globals.all(now).forEach(globals::set);
        Scope scope = new Scope(globals);
        variables.forEach(scope::set);
        return scope;
    }
}
