package dev.attune.model.template.jinja;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the text inside a tag into names, numbers, strings and signs. */
final class ExpressionLexer {
    private static final Pattern NAME = Pattern.compile("(?U)[\\p{L}_][\\w]*");
    private static final Pattern FLOAT =
            Pattern.compile("\\d+(?:_\\d+)*(?:\\.\\d+(?:_\\d+)*(?:[eE][-+]?\\d+)?|[eE][-+]?\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("(?:0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*)"
                    + "(?![A-Za-z_0-9])");
    private static final List<String> SIGNS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",");

    private final String source;
    private final List<Token> tokens;

    ExpressionLexer(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** Adds the token at an index and returns the index after it. */
    int next(int at, int line) {
        char first = source.charAt(at);
        if (first == '"' || first == '\'') {
            return string(at, line);
        }
        for (var kind : List.of(Token.Kind.NAME, Token.Kind.FLOAT, Token.Kind.INTEGER)) {
            Pattern pattern = kind == Token.Kind.NAME ? NAME : kind == Token.Kind.FLOAT ? FLOAT : INTEGER;
            Matcher matcher = pattern.matcher(source).region(at, source.length());
            if (matcher.lookingAt()) {
                tokens.add(new Token(kind, matcher.group(), line));
                return matcher.end();
            }
        }
        for (String sign : SIGNS) {
            if (source.startsWith(sign, at)) {
                tokens.add(new Token(Token.Kind.SIGN, sign, line));
                return at + sign.length();
            }
        }
        throw new TemplateError("line " + line + ": unexpected character '" + first + "'");
    }

    private int string(int start, int line) {
        StringBuilder value = new StringBuilder();
        char quote = source.charAt(start);
        int i = start + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            if (source.charAt(i) == '\\' && i + 1 < source.length()) {
                i = escape(i + 1, value, line);
            } else {
                value.append(source.charAt(i++));
            }
        }
        if (i >= source.length()) {
            throw new TemplateError("line " + line + ": a string has no end");
        }
        tokens.add(new Token(Token.Kind.STRING, value.toString(), line));
        return i + 1;
    }

    /** Reads one of Python's escapes; returns the index after it. */
    private int escape(int at, StringBuilder value, int line) {
        char c = source.charAt(at);
        int simple = "\\'\"abfnrtv".indexOf(c);
        if (simple >= 0) {
            value.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
            return at + 1;
        }
        switch (c) {
            case '\n' -> {
                return at + 1;
            }
            case 'x' -> {
                return code(at + 1, 2, value, line);
            }
            case 'u' -> {
                return code(at + 1, 4, value, line);
            }
            case 'U' -> {
                return code(at + 1, 8, value, line);
            }
            default -> {
                if (c == 'N' || (c >= '0' && c <= '7')) {
                    throw new TemplateError("line " + line + ": the escape \\" + c + " is not supported");
                }
                value.append('\\').append(c);
                return at + 1;
            }
        }
    }

    private int code(int at, int digits, StringBuilder value, int line) {
        String hex = source.substring(at, Math.min(source.length(), at + digits));
        if (!hex.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw new TemplateError("line " + line + ": '" + hex + "' is not an escape");
        }
        long code = Long.parseLong(hex, 16);
        if (code > Character.MAX_CODE_POINT) {
            throw new TemplateError("line " + line + ": '" + hex + "' is not a character");
        }
        value.appendCodePoint((int) code);
        return at + digits;
    }
}
