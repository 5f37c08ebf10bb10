package dev.attune.model.template.jinja;

import java.util.List;

/** Tokens, read one after the other. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean isSign(String sign) {
        return peek().isSign(sign);
    }

    boolean isName(String name) {
        return peek().isName(name);
    }

    /** Reads the sign if it is next. */
    boolean skipSign(String sign) {
        boolean there = isSign(sign);
        if (there) {
            next();
        }
        return there;
    }

    /** Reads the word if it is next. */
    boolean skipName(String name) {
        boolean there = isName(name);
        if (there) {
            next();
        }
        return there;
    }

    void expectSign(String sign) {
        if (!skipSign(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    String expect(Token.Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        return next().text();
    }

    TemplateError unexpected(String expected) {
        return new TemplateError("line " + peek().line() + ": found " + peek() + ", expected " + expected);
    }
}
