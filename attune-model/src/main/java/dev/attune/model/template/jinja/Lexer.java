package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a template into tokens. White space around tags is treated as jinja2 does with {@code trim_blocks} (removes
 * the newline after a block or comment), {@code lstrip_blocks} (removes white space before a block or comment that
 * begins a line) and the signs {@code -} and {@code +}; one newline at the end of the template is removed.
 */
final class Lexer {
    private static final Pattern RAW = Pattern.compile("\\s*raw\\s*-?%}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String unified = template.replace("\r\n", "\n").replace('\r', '\n');
        String source = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
        return new Lexer(source).run();
    }

    private List<Token> run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(at));
                at = source.length();
                break;
            }
            char kind = source.charAt(tag + 1);
            int sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            boolean signed = sign == '-' || sign == '+';
            data(before(source.substring(at, tag), kind, sign));
            advance(tag + 2 + (signed ? 1 : 0));
            switch (kind) {
                case '#' -> comment();
                case '%' -> block();
                default -> variable();
            }
        }
        add(Token.Kind.END, "");
        return tokens;
    }

    private int nextTag() {
        for (int i = at; i + 1 < source.length(); i++) {
            char next = source.charAt(i + 1);
            if (source.charAt(i) == '{' && (next == '{' || next == '%' || next == '#')) {
                return i;
            }
        }
        return -1;
    }

    private String before(String text, char kind, int sign) {
        if (sign == '-') {
            return Text.rightStripped(text);
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean strips = sign != '+' && kind != '{' && (lineStart > 0 || lineStarting);
        return strips && Text.isSpace(text.substring(lineStart)) ? text.substring(0, lineStart) : text;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            add(Token.Kind.DATA, text);
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw new TemplateError("line " + line + ": a comment has no end");
        }
        char last = end > at ? source.charAt(end - 1) : ' ';
        advance(end + 2);
        afterTag(last, true);
    }

    private void block() {
        Matcher raw = RAW.matcher(source).region(at, source.length());
        if (raw.lookingAt()) {
            raw(raw.end(), raw.group().contains("-"));
            return;
        }
        add(Token.Kind.BLOCK_BEGIN, "{%");
        afterTag(inside("%}", true), true);
        add(Token.Kind.BLOCK_END, "%}");
    }

    /** Text up to {@code {% endraw %}}, unchanged. */
    private void raw(int start, boolean strips) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(start)) {
            throw new TemplateError("line " + line + ": the tag 'raw' has no end");
        }
        String text = source.substring(start, end.start());
        text = strips ? Text.leftStripped(text) : text;
        lineStarting = text.isEmpty() && lineStarting;
        data(before(text, '%', end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0)));
        advance(end.end());
        afterTag(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
    }

    private void variable() {
        add(Token.Kind.VARIABLE_BEGIN, "{{");
        afterTag(inside("}}", false), false);
        add(Token.Kind.VARIABLE_END, "}}");
    }

    /** Reads tokens up to the end of a tag; returns the sign before that end, or a space. */
    private char inside(String end, boolean plusToo) {
        ExpressionLexer lexer = new ExpressionLexer(source, tokens);
        int depth = 0;
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw new TemplateError("line " + line + ": a tag has no " + end);
            }
            if (depth == 0) {
                char sign = source.charAt(at);
                boolean signed = sign == '-' || (plusToo && sign == '+');
                if (signed && source.startsWith(end, at + 1)) {
                    advance(at + 3);
                    return sign;
                }
                if (source.startsWith(end, at)) {
                    advance(at + 2);
                    return ' ';
                }
            }
            advance(lexer.next(at, line));
            String last = tokens.get(tokens.size() - 1).text();
            if (tokens.get(tokens.size() - 1).kind() == Token.Kind.SIGN) {
                depth += "([{".contains(last) ? 1 : ")]}".contains(last) ? -1 : 0;
            }
        }
    }

    private void skipSpace() {
        int end = at;
        while (end < source.length() && Text.isSpace(source.charAt(end))) {
            end++;
        }
        advance(end);
    }

    /** Skips white space after a tag: all of it after {@code -}, one newline after a block. */
    private void afterTag(char sign, boolean trims) {
        int start = at;
        if (sign == '-') {
            skipSpace();
        } else if (trims && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
            advance(at + 1);
        }
        lineStarting = at > start && source.charAt(at - 1) == '\n';
    }

    private void advance(int to) {
        for (; at < to; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            }
        }
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }
}
