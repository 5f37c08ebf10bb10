package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression, between {@code {{ }}} or in a tag. */
sealed interface Expression {
    record Constant(@Nullable Object value) implements Expression {}

    record Name(String name) implements Expression {}

    /** A list, or a tuple, which differs only in how it prints. */
    record ListOf(List<Expression> items) implements Expression {}

    record TupleOf(List<Expression> items) implements Expression {}

    record DictOf(List<Map.Entry<Expression, Expression>> entries) implements Expression {}

    /** {@code value.name}. */
    record Attribute(Expression value, String name) implements Expression {}

    /** {@code value[index]}. */
    record Item(Expression value, Expression index) implements Expression {}

    /** {@code value[start:stop:step]}. */
    record Slice(
            Expression value,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step) implements Expression {}

    record Call(Expression callee, Arguments arguments) implements Expression {}

    record Filter(Expression value, String name, Arguments arguments) implements Expression {}

    record Test(Expression value, String name, Arguments arguments) implements Expression {}

    record Not(Expression value) implements Expression {}

    /** {@code -value} or {@code +value}. */
    record Signed(boolean negative, Expression value) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /** {@code + - * / // % **}. */
    record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a ~ b ~ c}. */
    record Concat(List<Expression> parts) implements Expression {}

    /** {@code first < second <= third}: true if every step is. */
    record Comparison(Expression first, List<Map.Entry<String, Expression>> steps) implements Expression {}

    /** {@code then if condition else otherwise}. */
    record Conditional(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {}

    /**
     * The arguments of a call, filter or test.
     *
     * @param all after {@code *}: a list of further positional values
     * @param allNamed after {@code **}: a dict of further named values
     */
    record Arguments(
            List<Expression> positional,
            Map<String, Expression> named,
            @Nullable Expression all,
            @Nullable Expression allNamed) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());

        Arguments(List<Expression> positional, Map<String, Expression> named) {
            this(positional, named, null, null);
        }
    }
}
