package dev.attune.model.constraint.text;

import java.util.ArrayList;
import java.util.List;

/** Reads regular expressions as ECMA-262 writes them with the flag u; named and plain groups mean the same. */
final class PatternParser {
    private static final int MAX_REPEAT = 2_000;
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    private PatternParser(String text) {
        this.text = text;
    }

    /** @throws PatternException if it is malformed or uses what automata cannot do */
    static Regex parse(String text) {
        PatternParser parser = new PatternParser(text);
        Regex regex = parser.choice();
        if (parser.at < text.length()) {
            throw new PatternException("a ')' without its '('");
        }
        return regex;
    }

    private Regex choice() {
        if (++depth > MAX_DEPTH) {
            throw new PatternException("groups nested more than " + MAX_DEPTH + " deep");
        }
        List<Regex> options = new ArrayList<>();
        do {
            options.add(sequence());
        } while (take("|"));
        depth--;
        return options.size() == 1 ? options.get(0) : new Regex.Choice(options);
    }

    private Regex sequence() {
        List<Regex> parts = new ArrayList<>();
        while (at < text.length() && peek() != '|' && peek() != ')') {
            parts.add(quantified(atom()));
        }
        return new Regex.Sequence(parts);
    }

    private Regex quantified(Regex part) {
        Regex result = part;
        if (take("*")) {
            result = new Regex.Repeat(part, 0, -1);
        } else if (take("+")) {
            result = new Regex.Repeat(part, 1, -1);
        } else if (take("?")) {
            result = new Regex.Repeat(part, 0, 1);
        } else if (at < text.length() && peek() == '{') {
            result = counted(part);
        } else {
            return part;
        }
        if (part instanceof Regex.Begin || part instanceof Regex.End) {
            throw new PatternException("a quantifier after an anchor");
        }
        take("?"); // lazy: the same texts
        return result;
    }

    private Regex counted(Regex part) {
        int close = text.indexOf('}', at);
        String inside = close < 0 ? "" : text.substring(at + 1, close);
        if (!inside.matches("\\d{1,6}(,\\d{0,6})?")) {
            throw new PatternException("a '{' that begins no count");
        }
        at = close + 1;
        int comma = inside.indexOf(',');
        int min = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
        int max = comma < 0 ? min : comma == inside.length() - 1 ? -1 : Integer.parseInt(inside.substring(comma + 1));
        if (max >= 0 && max < min) {
            throw new PatternException("the count {" + inside + "}, whose end is below its beginning");
        }
        if (Math.max(min, max) > MAX_REPEAT) {
            throw new PatternException("the count {" + inside + "}, more than " + MAX_REPEAT);
        }
        return new Regex.Repeat(part, min, max);
    }

    private Regex atom() {
        int c = next();
        return switch (c) {
            case '^' -> new Regex.Begin();
            case '$' -> new Regex.End();
            case '.' -> new Regex.One(CodePoints.LINE_END.complement());
            case '(' -> group();
            case '[' -> new Regex.One(set());
            case '\\' -> new Regex.One(PatternEscape.inText(this));
            case '*', '+', '?', '{' -> throw new PatternException("the quantifier '" + (char) c + "' after nothing");
            default -> new Regex.One(CodePoints.range(c, c));
        };
    }

    private Regex group() {
        for (String look : List.of("?=", "?!", "?<=", "?<!")) {
            if (text.startsWith(look, at)) {
                throw new PatternException("look-around '(" + look + "'");
            }
        }
        if (take("?<")) {
            int close = text.indexOf('>', at);
            if (close < 0) {
                throw new PatternException("a group's name without its '>'");
            }
            at = close + 1;
        } else if (!take("?:") && take("?")) {
            throw new PatternException("the group '(?" + text.substring(at, Math.min(at + 1, text.length())) + "'");
        }
        Regex inside = choice();
        if (!take(")")) {
            throw new PatternException("a '(' without its ')'");
        }
        return inside;
    }

    private CodePoints set() {
        boolean negated = take("^");
        List<CodePoints> members = new ArrayList<>();
        while (!take("]")) {
            CodePoints first = member();
            if (at + 1 < text.length() && peek() == '-' && text.charAt(at + 1) != ']') {
                at++;
                members.addAll(span(first, member()));
            } else {
                members.add(first);
            }
        }
        CodePoints all = CodePoints.union(members);
        return negated ? all.complement() : all;
    }

    private CodePoints member() {
        int c = next();
        return c == '\\' ? PatternEscape.inSet(this) : CodePoints.range(c, c);
    }

    /** From one character to another; a hyphen beside a set is itself. */
    private static List<CodePoints> span(CodePoints from, CodePoints to) {
        if (!single(from) || !single(to)) {
            return List.of(from, CodePoints.range('-', '-'), to);
        }
        int first = from.ranges().get(0).first();
        int last = to.ranges().get(0).first();
        if (last < first) {
            throw new PatternException("a range whose end is before its beginning");
        }
        return List.of(CodePoints.range(first, last));
    }

    private static boolean single(CodePoints set) {
        return set.ranges().size() == 1
                && set.ranges().get(0).first() == set.ranges().get(0).last();
    }

    private char peek() {
        return text.charAt(at);
    }

    /** The next code point. */
    int next() {
        if (at >= text.length()) {
            throw new PatternException("an end too early");
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    /** Skips this text if it comes next. */
    boolean take(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    /** The text up to this character, which is skipped. */
    String until(char end) {
        int close = text.indexOf(end, at);
        if (close < 0) {
            throw new PatternException("an escape without its '" + end + "'");
        }
        String inside = text.substring(at, close);
        at = close + 1;
        return inside;
    }

    /** The next code units as a number in base 16. */
    int hex(int digits) {
        String word = text.substring(at, Math.min(at + digits, text.length()));
        at += word.length();
        return PatternEscape.number(word, digits);
    }
}
