package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a template's statements. */
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
        if (tokens.isName("recursive")) {
            throw new TemplateError("line " + line + ": recursive loops are not supported");
        }
        endTag();
        List<Statement> body = body(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            endTag();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        endTag();
        return new Statement.For(target, items, condition, body, otherwise, line);
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
        boolean bracket = tokens.skipSign("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(assignable());
        } while (tokens.skipSign(","));
        if (bracket) {
            tokens.expectSign(")");
        }
        return names.size() == 1 ? new Statement.Target.Single(names.get(0)) : new Statement.Target.Several(names);
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
        Statement.Target target;
        if (tokens.peekSecond().isSign(".")) {
            String namespace = assignable();
            tokens.expectSign(".");
            target = new Statement.Target.OfNamespace(namespace, tokens.expect(Token.Kind.NAME, "a name"));
        } else {
            target = names();
        }
        if (tokens.skipSign("=")) {
            Expression value = expressions.tuple();
            endTag();
            return new Statement.Set(target, value, line);
        }
        if (!(target instanceof Statement.Target.Single single) || tokens.peek().kind() != Token.Kind.BLOCK_END) {
            throw tokens.unexpected("'='");
        }
        endTag();
        List<Statement> body = body(Set.of("endset"));
        tokens.expectName("endset");
        endTag();
        return new Statement.SetBlock(single.name(), body, line);
    }

    private Statement macro() {
        String name = assignable();
        tokens.expectSign("(");
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        while (!tokens.skipSign(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectSign(",");
            }
            String parameter = assignable();
            parameters.add(parameter);
            if (tokens.skipSign("=")) {
                defaults.put(parameter, expressions.parse());
            }
        }
        endTag();
        List<Statement> body = body(Set.of("endmacro"));
        tokens.expectName("endmacro");
        if (tokens.peek().kind() == Token.Kind.NAME) {
            tokens.next();
        }
        endTag();
        return new Statement.Macro(name, parameters, defaults, body);
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
