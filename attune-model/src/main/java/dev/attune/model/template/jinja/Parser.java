package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses a template's statements. */
final class Parser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Statement> parse(String template) {
        Parser parser = new Parser(new TokenStream(Lexer.tokens(template)));
        List<Statement> body = parser.body(Set.of());
        if (parser.tokens.peek().kind() != Token.Kind.END) {
            throw parser.tokens.unexpected("a tag that belongs here");
        }
        return body;
    }

    /** Statements up to a tag with one of those names (whose name is then next), or to the template's end. */
    private List<Statement> body(Set<String> ends) {
        List<Statement> body = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case DATA -> body.add(new Statement.Output(tokens.next().text()));
                case VARIABLE_BEGIN -> body.add(print());
                case BLOCK_BEGIN -> {
                    if (ends.contains(tokens.peekSecond().text())) {
                        tokens.next();
                        return body;
                    }
                    tokens.next();
                    body.add(statement());
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw tokens.unexpected("one of the tags " + ends);
                    }
                    return body;
                }
            }
        }
    }

    private Statement print() {
        int line = tokens.next().line();
        Expression value = expressions.tuple();
        tokens.expect(Token.Kind.VARIABLE_END, "'}}'");
        return new Statement.Print(value, line);
    }

    private Statement statement() {
        Token tag = tokens.peek();
        String name = tokens.expect(Token.Kind.NAME, "the name of a tag");
        return switch (name) {
            case "if" -> ifStatement(tag.line());
            case "for" -> forStatement(tag.line());
            case "set" -> set(tag.line());
            case "macro" -> macro();
            case "generation" -> generation();
            case "call" -> callBlock(tag.line());
            case "filter" -> filterBlock(tag.line());
            case "with" -> with(tag.line());
            case "block" -> block();
            case "break" -> {
                endTag();
                yield new Statement.Break();
            }
            case "continue" -> {
                endTag();
                yield new Statement.Continue();
            }
            default -> throw new TemplateError("line " + tag.line() + ": the tag '" + name + "' is not supported");
        };
    }

    private void endTag() {
        tokens.expect(Token.Kind.BLOCK_END, "'%}'");
    }

    private Statement ifStatement(int line) {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        while (true) {
            Expression condition = expressions.tuple();
            endTag();
            branches.add(new Statement.Branch(condition, body(Set.of("elif", "else", "endif"))));
            if (tokens.skipName("elif")) {
                continue;
            }
            if (tokens.skipName("else")) {
                endTag();
                otherwise = body(Set.of("endif"));
            }
            tokens.expectName("endif");
            endTag();
            return new Statement.If(branches, otherwise, line);
        }
    }

    private Statement forStatement(int line) {
        Statement.Target target = names();
        tokens.expectName("in");
        Expression items = forItems();
        Expression condition = tokens.skipName("if") ? expressions.parse() : null;
        boolean recursive = tokens.skipName("recursive");
        endTag();
        List<Statement> body = body(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            endTag();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        endTag();
        return new Statement.For(target, items, condition, body, otherwise, recursive, line);
    }

    private Expression forItems() {
        Expression first = expressions.or();
        if (!tokens.isSign(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipSign(",")) {
            items.add(expressions.or());
        }
        return new Expression.TupleOf(items);
    }

    private Statement.Target names() {
        List<Statement.Target> names = new ArrayList<>();
        boolean several = false;
        do {
            if (!names.isEmpty() && tokens.isName("in")) {
                break;
            }
            names.add(name());
            several |= tokens.isSign(",");
        } while (tokens.skipSign(","));
        return several ? new Statement.Target.Several(names) : names.get(0);
    }

    private Statement.Target name() {
        if (tokens.skipSign("(")) {
            Statement.Target inner = names();
            tokens.expectSign(")");
            return inner;
        }
        String name = assignable();
        return tokens.skipSign(".")
                ? new Statement.Target.OfNamespace(name, tokens.expect(Token.Kind.NAME, "a name"))
                : new Statement.Target.Single(name);
    }

    private String assignable() {
        Token token = tokens.peek();
        String name = tokens.expect(Token.Kind.NAME, "a name");
        if (Set.of("true", "false", "none", "True", "False", "None", "loop").contains(name)) {
            throw new TemplateError("line " + token.line() + ": '" + name + "' cannot be assigned");
        }
        return name;
    }

    private Statement set(int line) {
        Statement.Target target = names();
        if (tokens.skipSign("=")) {
            Expression value = expressions.tuple();
            endTag();
            return new Statement.Set(target, value, line);
        }
        List<Expression.Filter> filters = filters();
        if (target instanceof Statement.Target.Several || tokens.peek().kind() != Token.Kind.BLOCK_END) {
            throw tokens.unexpected("'='");
        }
        endTag();
        return new Statement.SetBlock(target, filters, ended("endset"), line);
    }

    /** {@code | name(arguments) | ...}, to be applied to a text that is not an expression. */
    private List<Expression.Filter> filters() {
        List<Expression.Filter> filters = new ArrayList<>();
        while (tokens.skipSign("|")) {
            filters.add(expressions.filter());
        }
        return filters;
    }

    private List<Statement> ended(String end) {
        List<Statement> body = body(Set.of(end));
        tokens.expectName(end);
        endTag();
        return body;
    }

    private Statement filterBlock(int line) {
        List<Expression.Filter> filters = new ArrayList<>(List.of(expressions.filter()));
        filters.addAll(filters());
        endTag();
        return new Statement.FilterBlock(filters, ended("endfilter"), line);
    }

    private Statement with(int line) {
        List<Statement.Set> sets = new ArrayList<>();
        while (tokens.peek().kind() != Token.Kind.BLOCK_END) {
            if (!sets.isEmpty()) {
                tokens.expectSign(",");
            }
            Statement.Target target = name();
            tokens.expectSign("=");
            sets.add(new Statement.Set(target, expressions.parse(), line));
        }
        endTag();
        return new Statement.With(sets, ended("endwith"));
    }

    private Statement block() {
        tokens.expect(Token.Kind.NAME, "the name of the block");
        endTag();
        List<Statement> body = body(Set.of("endblock"));
        tokens.expectName("endblock");
        if (tokens.peek().kind() == Token.Kind.NAME) {
            tokens.next();
        }
        endTag();
        return new Statement.Block(body);
    }

    private Statement callBlock(int line) {
        Parameters parameters = tokens.skipSign("(") ? parameters() : new Parameters(List.of(), Map.of());
        Expression call = expressions.parse();
        if (!(call instanceof Expression.Call made)) {
            throw tokens.unexpected("a call");
        }
        endTag();
        List<Statement> body = ended("endcall");
        return new Statement.CallBlock(
                made, new Statement.Macro("caller", parameters.names(), parameters.defaults(), body), line);
    }

    private record Parameters(List<String> names, Map<String, Expression> defaults) {}

    private Parameters parameters() {
        List<String> names = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        while (!tokens.skipSign(")")) {
            if (!names.isEmpty()) {
                tokens.expectSign(",");
            }
            String name = assignable();
            names.add(name);
            if (tokens.skipSign("=")) {
                defaults.put(name, expressions.parse());
            }
        }
        return new Parameters(names, defaults);
    }

    private Statement macro() {
        String name = assignable();
        tokens.expectSign("(");
        Parameters parameters = parameters();
        endTag();
        List<Statement> body = body(Set.of("endmacro"));
        tokens.expectName("endmacro");
        if (tokens.peek().kind() == Token.Kind.NAME) {
            tokens.next();
        }
        endTag();
        return new Statement.Macro(name, parameters.names(), parameters.defaults(), body);
    }

    /** Marks what the assistant wrote; the text itself is as without it. */
    private Statement generation() {
        endTag();
        List<Statement> body = body(Set.of("endgeneration"));
        tokens.expectName("endgeneration");
        endTag();
        return new Statement.Generation(body);
    }
}
