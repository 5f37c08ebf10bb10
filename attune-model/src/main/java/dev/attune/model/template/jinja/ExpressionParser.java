package dev.attune.model.template.jinja;

import dev.attune.model.template.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses expressions with jinja2's precedence, which differs from Python's in some cases. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** An expression, with {@code a if b else c}. */
    Expression parse() {
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            value = new Expression.Conditional(condition, value, tokens.skipName("else") ? parse() : null);
        }
        return value;
    }

    /** An expression without a condition after it, as in the items of a loop. */
    Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    /** An expression, or several separated by commas: a tuple. */
    Expression tuple() {
        Expression first = parse();
        if (!tokens.isSign(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipSign(",") && !endsTuple()) {
            items.add(parse());
        }
        return new Expression.TupleOf(items);
    }

    private boolean endsTuple() {
        Token.Kind kind = tokens.peek().kind();
        return kind == Token.Kind.BLOCK_END || kind == Token.Kind.VARIABLE_END || tokens.isSign(")");
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        boolean negated = tokens.isName("not") && !tokens.peekSecond().isName("in");
        if (negated) {
            tokens.next();
            return new Expression.Not(not());
        }
        return comparison();
    }

    private Expression comparison() {
        Expression first = sum();
        List<Map.Entry<String, Expression>> steps = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Token.Kind.SIGN && COMPARISONS.contains(token.text())) {
                steps.add(Map.entry(tokens.next().text(), sum()));
            } else if (tokens.skipName("in")) {
                steps.add(Map.entry("in", sum()));
            } else if (tokens.isName("not") && tokens.peekSecond().isName("in")) {
                tokens.next();
                tokens.next();
                steps.add(Map.entry("not in", sum()));
            } else {
                return steps.isEmpty() ? first : new Expression.Comparison(first, steps);
            }
        }
    }

    private Expression sum() {
        Expression left = concat();
        while (tokens.isSign("+") || tokens.isSign("-")) {
            left = new Expression.Arithmetic(tokens.next().text(), left, concat());
        }
        return left;
    }

    private Expression concat() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipSign("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Concat(parts);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.isSign("*") || tokens.isSign("/") || tokens.isSign("//") || tokens.isSign("%")) {
            left = new Expression.Arithmetic(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (tokens.skipSign("**")) {
            left = new Expression.Arithmetic("**", left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean withFilters) {
        Expression value;
        if (tokens.isSign("-") || tokens.isSign("+")) {
            value = new Expression.Signed(tokens.next().text().equals("-"), unary(false));
        } else {
            value = primary();
        }
        value = postfix(value);
        return withFilters ? filters(value) : value;
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME ->
                switch (token.text()) {
                    case "true", "True" -> new Expression.Constant(true);
                    case "false", "False" -> new Expression.Constant(false);
                    case "none", "None" -> new Expression.Constant(null);
                    default -> new Expression.Name(token.text());
                };
            case STRING -> new Expression.Constant(strings(token.text()));
            case INTEGER -> new Expression.Constant(integer(token));
            case FLOAT ->
                new Expression.Constant(Double.parseDouble(token.text().replace("_", "")));
            case SIGN -> bracketed(token);
            default -> throw notAValue(token);
        };
    }

    private static TemplateError notAValue(Token token) {
        return new TemplateError("line " + token.line() + ": found " + token + ", expected a value");
    }

    private static long integer(Token token) {
        try {
            String digits = token.text().replace("_", "").toLowerCase(java.util.Locale.ROOT);
            int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
            return Long.parseLong(radix == 10 ? digits : digits.substring(2), radix);
        } catch (NumberFormatException e) {
            throw new TemplateError("line " + token.line() + ": the number " + token.text() + " is too large");
        }
    }

    private String strings(String first) {
        StringBuilder all = new StringBuilder(first);
        while (tokens.peek().kind() == Token.Kind.STRING) {
            all.append(tokens.next().text());
        }
        return all.toString();
    }

    private Expression bracketed(Token open) {
        return switch (open.text()) {
            case "(" -> parenthesis();
            case "[" -> new Expression.ListOf(items("]"));
            case "{" -> dict();
            default -> throw notAValue(open);
        };
    }

    private Expression parenthesis() {
        if (tokens.skipSign(")")) {
            return new Expression.TupleOf(List.of());
        }
        Expression inner = tuple();
        tokens.expectSign(")");
        return inner;
    }

    private List<Expression> items(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipSign(close)) {
            if (!items.isEmpty()) {
                tokens.expectSign(",");
                if (tokens.skipSign(close)) {
                    break;
                }
            }
            items.add(parse());
        }
        return items;
    }

    private Expression dict() {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.skipSign("}")) {
            if (!entries.isEmpty()) {
                tokens.expectSign(",");
                if (tokens.skipSign("}")) {
                    break;
                }
            }
            Expression key = parse();
            tokens.expectSign(":");
            entries.add(Map.entry(key, parse()));
        }
        return new Expression.DictOf(entries);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipSign(".")) {
                value = afterDot(value);
            } else if (tokens.skipSign("[")) {
                value = subscript(value);
            } else if (tokens.skipSign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression afterDot(Expression value) {
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.INTEGER) {
            tokens.next();
            return new Expression.Item(value, new Expression.Constant(integer(token)));
        }
        return new Expression.Attribute(value, tokens.expect(Token.Kind.NAME, "a name after '.'"));
    }

    private Expression subscript(Expression value) {
        Expression start = tokens.isSign(":") ? null : parse();
        if (tokens.skipSign("]")) {
            return new Expression.Item(value, java.util.Objects.requireNonNull(start));
        }
        tokens.expectSign(":");
        Expression stop = tokens.isSign(":") || tokens.isSign("]") ? null : parse();
        Expression step = tokens.skipSign(":") && !tokens.isSign("]") ? parse() : null;
        tokens.expectSign("]");
        return new Expression.Slice(value, start, stop, step);
    }

    private Expression filters(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipSign("|")) {
                Expression.Filter filter = filter();
                value = new Expression.Filter(value, filter.name(), filter.arguments());
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.skipSign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /** A filter's name and arguments, not yet applied to a value. */
    Expression.Filter filter() {
        String name = dotted("the name of a filter");
        return new Expression.Filter(new Expression.Constant(null), name, optionalArguments());
    }

    private String dotted(String what) {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME, what));
        while (tokens.skipSign(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME, what));
        }
        return name.toString();
    }

    private Expression test(Expression value) {
        boolean negated = tokens.skipName("not");
        String name = tokens.expect(Token.Kind.NAME, "the name of a test");
        Arguments arguments = Arguments.NONE;
        Token next = tokens.peek();
        if (next.isSign("(")) {
            arguments = optionalArguments();
        } else if (startsArgument(next)) {
            arguments = new Arguments(List.of(postfix(primary())), Map.of());
        }
        Expression test = new Expression.Test(value, name, arguments);
        return negated ? new Expression.Not(test) : test;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !Set.of("else", "or", "and", "if", "is", "not", "in").contains(token.text());
            case STRING, INTEGER, FLOAT -> true;
            case SIGN -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }

    private Arguments optionalArguments() {
        return tokens.skipSign("(") ? arguments() : Arguments.NONE;
    }

    private Arguments arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression all = null;
        Expression allNamed = null;
        boolean first = true;
        while (!tokens.skipSign(")")) {
            if (!first) {
                tokens.expectSign(",");
                if (tokens.skipSign(")")) {
                    break;
                }
            }
            first = false;
            if (tokens.skipSign("*")) {
                all = parse();
            } else if (tokens.skipSign("**")) {
                allNamed = parse();
            } else if (tokens.peek().kind() == Token.Kind.NAME
                    && tokens.peekSecond().isSign("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, parse());
            } else if (named.isEmpty() && all == null && allNamed == null) {
                positional.add(parse());
            } else {
                throw tokens.unexpected("a named argument");
            }
        }
        return new Arguments(positional, named, all, allNamed);
    }
}
