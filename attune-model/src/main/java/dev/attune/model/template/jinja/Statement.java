package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement of a template: it writes text or sets variables. */
sealed interface Statement {
    record Output(String text) implements Statement {}

    record Print(Expression value, int line) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

    record Branch(Expression condition, List<Statement> body) {}

    record For(
            Target target,
            Expression items,
            @Nullable Expression condition,
            List<Statement> body,
            List<Statement> otherwise,
            boolean recursive,
            int line)
            implements Statement {}

    record Set(Target target, Expression value, int line) implements Statement {}

    /** {@code {% set name %}...{% endset %}}. */
    record SetBlock(Target target, List<Expression.Filter> filters, List<Statement> body, int line)
            implements Statement {}

    /** {@code {% filter name %}...{% endfilter %}}. */
    record FilterBlock(List<Expression.Filter> filters, List<Statement> body, int line) implements Statement {}

    /** {@code {% with a = 1 %}...{% endwith %}}. */
    record With(List<Set> sets, List<Statement> body) implements Statement {}

    /** {@code {% block name %}...{% endblock %}}, of a template that nothing extends. */
    record Block(List<Statement> body) implements Statement {}

    /** {@code {% call(parameters) callee() %}...{% endcall %}}: a call that is given a macro named {@code caller}. */
    record CallBlock(Expression.Call call, Macro caller, int line) implements Statement {}

    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body)
            implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}

    /** {@code {% generation %}...{% endgeneration %}}: what the assistant wrote. */
    record Generation(List<Statement> body) implements Statement {}

    /** The target of an assignment: one name, several, or an attribute of a namespace. */
    sealed interface Target {
        record Single(String name) implements Target {}

        record Several(List<Target> targets) implements Target {}

        record OfNamespace(String namespace, String attribute) implements Target {}
    }
}
