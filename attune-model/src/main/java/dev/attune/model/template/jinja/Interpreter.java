package dev.attune.model.template.jinja;

import dev.attune.core.text.TextSpan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes the statements of a template. */
final class Interpreter {
    /** Maximum number of characters that a template may write. */
    private static final int MAX_CHARACTERS = 64 << 20;

    private final StringBuilder out = new StringBuilder();

    private final List<TextSpan> generated = new ArrayList<>();

    /** How a sequence of statements ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** Renders a template, with the spans that it marks as the assistant's. */
    static JinjaTemplate.Rendered render(List<Statement> body, Variables scope) {
        Interpreter interpreter = new Interpreter();
        interpreter.all(body, scope);
        return new JinjaTemplate.Rendered(interpreter.out.toString(), List.copyOf(interpreter.generated));
    }

    /**
     * The text that statements write into a variable or macro; marks inside are ignored because their position is
     * unknown.
     */
    static String run(List<Statement> body, Variables scope) {
        Interpreter interpreter = new Interpreter();
        interpreter.all(body, scope);
        return interpreter.out.toString();
    }

    private Flow all(List<Statement> body, Variables scope) {
        for (Statement statement : body) {
            Flow flow = one(statement, scope);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow one(Statement statement, Variables scope) {
        if (statement instanceof Statement.Output output) {
            write(output.text());
        } else if (statement instanceof Statement.Print print) {
            at(print.line(), () -> write(printed(print.value(), scope)));
        } else if (statement instanceof Statement.If condition) {
            return branch(condition, scope);
        } else if (statement instanceof Statement.For loop) {
            loop(loop, scope);
        } else if (statement instanceof Statement.Set set) {
            at(set.line(), () -> assign(set.target(), Evaluator.value(set.value(), scope), scope));
        } else if (statement instanceof Statement.SetBlock set) {
            String text = run(set.body(), new Variables(scope));
            at(set.line(), () -> assign(set.target(), Evaluator.filtered(text, set.filters(), scope), scope));
        } else if (statement instanceof Statement.FilterBlock block) {
            String text = run(block.body(), new Variables(scope));
            at(block.line(), () -> write(Printing.str(Evaluator.filtered(text, block.filters(), scope))));
        } else if (statement instanceof Statement.With with) {
            return all(with.body(), with(with, scope));
        } else if (statement instanceof Statement.Block block) {
            all(block.body(), new Variables(scope));
        } else if (statement instanceof Statement.CallBlock block) {
            Function caller = new Macro(block.caller(), scope);
            at(block.line(), () -> write(Printing.str(Evaluator.call(block.call(), caller, scope))));
        } else if (statement instanceof Statement.Macro macro) {
            scope.set(macro.name(), new Macro(macro, scope));
        } else if (statement instanceof Statement.Generation generation) {
            int start = out.length();
            all(generation.body(), new Variables(scope));
            generated.add(new TextSpan(start, out.length()));
        } else if (statement instanceof Statement.Break) {
            return Flow.BREAK;
        } else if (statement instanceof Statement.Continue) {
            return Flow.CONTINUE;
        }
        return Flow.ON;
    }

    /**
     * Prints a value. Filters for HTML are supported only as the last filter before printing; elsewhere they would
     * affect later operations and are refused.
     */
    private static String printed(Expression value, Variables scope) {
        if (value instanceof Expression.Filter filter && HtmlFilters.FILTERS.contains(filter.name())) {
            String text = Printing.str(Evaluator.value(filter.value(), scope));
            return filter.name().equals("safe") ? text : HtmlFilters.escaped(text);
        }
        return Printing.str(Evaluator.value(value, scope));
    }

    private static Variables with(Statement.With with, Variables scope) {
        Variables inner = new Variables(scope);
        for (Statement.Set set : with.sets()) {
            at(set.line(), () -> assign(set.target(), Evaluator.value(set.value(), scope), inner));
        }
        return inner;
    }

    private void write(String text) {
        if (out.length() + (long) text.length() > MAX_CHARACTERS) {
            throw new TemplateError("it writes more than " + MAX_CHARACTERS + " characters");
        }
        out.append(text);
    }

    private Flow branch(Statement.If condition, Variables scope) {
        for (Statement.Branch branch : condition.branches()) {
            boolean[] holds = new boolean[1];
            at(condition.line(), () -> holds[0] = Evaluator.truth(branch.condition(), scope));
            if (holds[0]) {
                return all(branch.body(), scope);
            }
        }
        return all(condition.otherwise(), scope);
    }

    private void loop(Statement.For loop, Variables scope) {
        List<@Nullable Object> items = new ArrayList<>();
        at(
                loop.line(),
                () -> items.addAll(chosen(loop, PythonValues.iterate(Evaluator.value(loop.items(), scope)), scope)));
        loop(loop, items, scope, 0);
    }

    /** @param depth of recursive loops, from 0 */
    private void loop(Statement.For loop, List<@Nullable Object> items, Variables scope, int depth) {
        LoopVariables variables = new LoopVariables(
                items, depth, loop.recursive() ? given -> deeper(loop, given, scope, depth + 1) : null);
        for (int i = 0; i < items.size(); i++) {
            variables.moveTo(i);
            Variables inner = new Variables(scope);
            inner.set("loop", variables);
            Object item = items.get(i);
            at(loop.line(), () -> assign(loop.target(), item, inner));
            if (all(loop.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        if (items.isEmpty()) {
            all(loop.otherwise(), new Variables(scope));
        }
    }

    private static String deeper(Statement.For loop, CallArguments given, Variables scope, int depth) {
        Interpreter inner = new Interpreter();
        inner.loop(
                loop, chosen(loop, PythonValues.iterate(given.bind("iterable").get(0)), scope), scope, depth);
        return inner.out.toString();
    }

    private static List<@Nullable Object> chosen(Statement.For loop, List<@Nullable Object> items, Variables scope) {
        Expression condition = loop.condition();
        if (condition == null) {
            return items;
        }
        List<@Nullable Object> chosen = new ArrayList<>();
        for (Object item : items) {
            Variables inner = new Variables(scope);
            assign(loop.target(), item, inner);
            if (Evaluator.truth(condition, inner)) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    private static void assign(Statement.Target target, @Nullable Object value, Variables scope) {
        if (target instanceof Statement.Target.Single single) {
            scope.set(single.name(), value);
        } else if (target instanceof Statement.Target.Several several) {
            List<@Nullable Object> values = PythonValues.iterate(value);
            if (values.size() != several.targets().size()) {
                throw new TemplateError(
                        values.size() + " values for " + several.targets().size() + " names");
            }
            for (int i = 0; i < values.size(); i++) {
                assign(several.targets().get(i), values.get(i), scope);
            }
        } else if (target instanceof Statement.Target.OfNamespace attribute) {
            if (!(scope.get(attribute.namespace()) instanceof Namespace namespace)) {
                throw new TemplateError("'" + attribute.namespace() + "' is not a namespace");
            }
            namespace.set(attribute.attribute(), value);
        }
    }

    /** Adds the line to errors that have none. */
    private static void at(int line, Runnable work) {
        try {
            work.run();
        } catch (TemplateError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("line ") ? e : new TemplateError("line " + line + ": " + message);
        }
    }

    static Variables globals(Map<String, ? extends @Nullable Object> variables, @Nullable LocalDateTime now) {
        Variables globals = new Variables(null);
        Globals.all(now).forEach(globals::set);
        Variables scope = new Variables(globals);
        variables.forEach(scope::set);
        return scope;
    }
}
