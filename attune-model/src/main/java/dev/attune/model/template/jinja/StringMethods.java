package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that templates call. */
final class StringMethods {
    /** Every method that Python's strings have; those not written here are refused by name. */
    static final Set<String> NAMES = Set.of(
            "capitalize",
            "casefold",
            "center",
            "count",
            "encode",
            "endswith",
            "expandtabs",
            "find",
            "format",
            "format_map",
            "index",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "isspace",
            "istitle",
            "isupper",
            "join",
            "ljust",
            "lower",
            "lstrip",
            "maketrans",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "translate",
            "upper",
            "zfill");

    private StringMethods() {}

    static Object call(String text, String name, CallArguments arguments) {
        return switch (name) {
            case "strip" -> stripped(text, arguments, true, true);
            case "lstrip" -> stripped(text, arguments, true, false);
            case "rstrip" -> stripped(text, arguments, false, true);
            case "upper" -> plain(arguments, text.toUpperCase(Locale.ROOT));
            case "lower" -> plain(arguments, text.toLowerCase(Locale.ROOT));
            case "capitalize" -> plain(arguments, Text.capitalised(text));
            case "isspace" -> plain(arguments, Text.isSpace(text));
            case "startswith" -> affix(text, arguments, true);
            case "endswith" -> affix(text, arguments, false);
            case "removeprefix" -> {
                String prefix = one(arguments, "prefix");
                yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            }
            case "removesuffix" -> {
                String suffix = one(arguments, "suffix");
                yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
            }
            case "find" -> place(text, text.indexOf(one(arguments, "sub")));
            case "index" -> found(text, text.indexOf(one(arguments, "sub")));
            case "rindex" -> found(text, text.lastIndexOf(one(arguments, "sub")));
            case "rfind" -> place(text, text.lastIndexOf(one(arguments, "sub")));
            case "count" -> count(text, one(arguments, "sub"));
            case "replace" -> {
                List<@Nullable Object> bound = arguments.bind("old", "new", "count");
                yield replaced(text, bound.get(0), bound.get(1), CallArguments.or(bound.get(2), -1L));
            }
            case "join" ->
                Values.iterate(arguments.bind("iterable").get(0)).stream()
                        .map(item -> Values.text(item, "an item to join"))
                        .collect(Collectors.joining(text));
            case "split" -> split(text, arguments, false);
            case "rsplit" -> split(text, arguments, true);
            case "splitlines" -> plain(arguments, lines(text));
            default -> StringLayout.call(text, name, arguments);
        };
    }

    private static Object plain(CallArguments arguments, Object value) {
        arguments.none();
        return value;
    }

    private static String one(CallArguments arguments, String name) {
        return Values.text(arguments.bind(name).get(0), "the argument of " + arguments.callee());
    }

    private static String stripped(String text, CallArguments arguments, boolean left, boolean right) {
        Object characters = CallArguments.or(arguments.bind("chars").get(0), null);
        return stripped(text, characters, left, right);
    }

    static String stripped(String text, @Nullable Object characters, boolean left, boolean right) {
        String set = characters == null ? null : Values.text(characters, "what is stripped");
        IntPredicate goes = set == null ? Text::isSpace : c -> set.indexOf(c) >= 0;
        String begun = left ? Text.leftStripped(text, goes) : text;
        return right ? Text.rightStripped(begun, goes) : begun;
    }

    private static boolean affix(String text, CallArguments arguments, boolean prefix) {
        Object given = arguments.bind("affix").get(0);
        List<@Nullable Object> candidates =
                given instanceof Tuple tuple ? tuple.items() : Collections.singletonList(given);
        return candidates.stream()
                .map(item -> Values.text(item, "the argument of " + arguments.callee()))
                .anyMatch(prefix ? text::startsWith : text::endsWith);
    }

    private static long found(String text, int index) {
        if (index < 0) {
            throw new TemplateError("substring not found");
        }
        return place(text, index);
    }

    private static long place(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return Text.length(text) + 1;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    static String replaced(String text, @Nullable Object old, @Nullable Object with, @Nullable Object most) {
        String from = Values.text(old, "what is replaced");
        String to = Values.text(with, "the replacement");
        if (from.isEmpty()) {
            throw TemplateError.unsupported("the replacement of an empty string");
        }
        long left = most == null ? -1 : Values.whole(most);
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf(from); at >= 0 && left != 0; at = text.indexOf(from, done)) {
            out.append(text, done, at).append(to);
            done = at + from.length();
            left--;
        }
        return out.append(text.substring(done)).toString();
    }

    private static List<@Nullable Object> split(String text, CallArguments arguments, boolean fromRight) {
        List<@Nullable Object> bound = arguments.bind("sep", "maxsplit");
        Object separator = CallArguments.or(bound.get(0), null);
        long most = Values.whole(CallArguments.or(bound.get(1), -1L));
        List<String> parts;
        if (separator != null) {
            parts = splitAt(text, Values.text(separator, "the separator"), most, fromRight);
        } else if (most >= 0) {
            throw TemplateError.unsupported("maxsplit without a separator");
        } else {
            parts = words(text);
        }
        return new ArrayList<>(parts);
    }

    private static List<String> splitAt(String text, String separator, long most, boolean fromRight) {
        if (separator.isEmpty()) {
            throw new TemplateError("the separator is empty");
        }
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (most < 0 || parts.size() < most) {
            int at = fromRight ? rest.lastIndexOf(separator) : rest.indexOf(separator);
            if (at < 0) {
                break;
            }
            parts.add(fromRight ? rest.substring(at + separator.length()) : rest.substring(0, at));
            rest = fromRight ? rest.substring(0, at) : rest.substring(at + separator.length());
        }
        parts.add(rest);
        if (fromRight) {
            Collections.reverse(parts);
        }
        return parts;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!Text.isSpace(c)) {
                word.appendCodePoint(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** Lines without their ends, by all the ends that Python knows. */
    static List<@Nullable Object> lines(String text) {
        List<@Nullable Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
                lines.add(text.substring(start, i));
                boolean pair = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                i += pair ? 1 : 0;
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
