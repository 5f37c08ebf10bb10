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
            case "casefold" -> plain(arguments, text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
            case "swapcase", "title", "zfill", "ljust", "rjust", "center", "expandtabs" ->
                TextShapes.call(text, name, arguments);
            case "format" -> BraceFormat.format(text, arguments);
            case "isalnum",
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
                    "isupper" -> plain(arguments, CharacterTests.holds(text, name));
            case "partition", "rpartition" -> partition(text, one(arguments, "sep"), name.equals("rpartition"));
            case "index", "rindex" -> {
                long place = find(text, arguments, name.equals("rindex"));
                if (place < 0) {
                    throw new TemplateError("the text is not found");
                }
                yield place;
            }
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
            case "find" -> find(text, arguments, false);
            case "rfind" -> find(text, arguments, true);
            case "count" -> {
                List<@Nullable Object> bound = arguments.bind("sub", "start", "end");
                yield count(between(text, bound), PythonValues.text(bound.get(0), "the text to count"));
            }
            case "replace" -> {
                List<@Nullable Object> bound = arguments.bind("old", "new", "count");
                yield replaced(text, bound.get(0), bound.get(1), CallArguments.or(bound.get(2), -1L));
            }
            case "join" ->
                PythonValues.iterate(arguments.bind("iterable").get(0)).stream()
                        .map(item -> PythonValues.text(item, "an item to join"))
                        .collect(Collectors.joining(text));
            case "split" -> split(text, arguments, false);
            case "rsplit" -> split(text, arguments, true);
            case "splitlines" ->
                lines(
                        text,
                        PythonValues.truth(
                                CallArguments.or(arguments.bind("keepends").get(0), false)));
            default -> throw TemplateError.unsupported("the method '" + name + "' of strings");
        };
    }

    private static Object plain(CallArguments arguments, Object value) {
        arguments.none();
        return value;
    }

    private static String one(CallArguments arguments, String name) {
        return PythonValues.text(arguments.bind(name).get(0), "the argument of " + arguments.callee());
    }

    private static String stripped(String text, CallArguments arguments, boolean left, boolean right) {
        Object characters = CallArguments.or(arguments.bind("chars").get(0), null);
        return stripped(text, characters, left, right);
    }

    static String stripped(String text, @Nullable Object characters, boolean left, boolean right) {
        String set = characters == null ? null : PythonValues.text(characters, "the characters to strip");
        IntPredicate goes = set == null ? Text::isSpace : c -> set.indexOf(c) >= 0;
        String begun = left ? Text.leftStripped(text, goes) : text;
        return right ? Text.rightStripped(begun, goes) : begun;
    }

    private static boolean affix(String text, CallArguments arguments, boolean prefix) {
        List<@Nullable Object> bound = arguments.bind("affix", "start", "end");
        Object given = bound.get(0);
        String whole = between(text, bound);
        List<@Nullable Object> candidates =
                given instanceof Tuple tuple ? tuple.items() : Collections.singletonList(given);
        return candidates.stream()
                .map(item -> PythonValues.text(item, "the argument of " + arguments.callee()))
                .anyMatch(prefix ? whole::startsWith : whole::endsWith);
    }

    /** The part of a text between the optional bounds after the first argument, in code points. */
    private static String between(String text, List<@Nullable Object> bound) {
        Object start = CallArguments.or(bound.get(1), null);
        Object end = CallArguments.or(bound.get(2), null);
        return start == null && end == null ? text : (String) Slices.slice(text, start, end, null);
    }

    private static long find(String text, CallArguments arguments, boolean last) {
        List<@Nullable Object> bound = arguments.bind("sub", "start", "end");
        String wanted = PythonValues.text(bound.get(0), "the text to search for");
        String whole = between(text, bound);
        int index = last ? whole.lastIndexOf(wanted) : whole.indexOf(wanted);
        if (index < 0) {
            return -1;
        }
        long start = PythonValues.integer(CallArguments.or(bound.get(1), 0L));
        long from = start < 0 ? Math.max(0, start + Text.length(text)) : start;
        return from + whole.codePointCount(0, index);
    }

    private static Tuple partition(String text, String separator, boolean last) {
        if (separator.isEmpty()) {
            throw new TemplateError("the separator is empty");
        }
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return new Tuple(last ? List.of("", "", text) : List.of(text, "", ""));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
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

    static String replaced(String text, @Nullable Object old, @Nullable Object with, @Nullable Object maxCount) {
        String from = PythonValues.text(old, "the text to replace");
        String to = PythonValues.text(with, "the replacement");
        long left = maxCount == null ? -1 : PythonValues.integer(maxCount);
        if (from.isEmpty()) {
            return between(text, to, left);
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf(from); at >= 0 && left != 0; at = text.indexOf(from, done)) {
            out.append(text, done, at).append(to);
            done = at + from.length();
            left--;
        }
        return out.append(text.substring(done)).toString();
    }

    /** Python's replacement of the empty text: before each character and at the end. */
    private static String between(String text, String with, long maxCount) {
        StringBuilder out = new StringBuilder();
        long left = maxCount;
        for (int i = 0; i < text.length(); ) {
            out.append(left != 0 ? with : "");
            left -= left > 0 ? 1 : 0;
            int c = text.codePointAt(i);
            out.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return out.append(left != 0 ? with : "").toString();
    }

    private static List<@Nullable Object> split(String text, CallArguments arguments, boolean fromRight) {
        List<@Nullable Object> bound = arguments.bind("sep", "maxsplit");
        Object separator = CallArguments.or(bound.get(0), null);
        long maxCount = PythonValues.integer(CallArguments.or(bound.get(1), -1L));
        List<String> parts;
        if (separator != null) {
            parts = splitAt(text, PythonValues.text(separator, "the separator"), maxCount, fromRight);
        } else {
            parts = words(text, maxCount, fromRight);
        }
        return new ArrayList<>(parts);
    }

    private static List<String> splitAt(String text, String separator, long maxCount, boolean fromRight) {
        if (separator.isEmpty()) {
            throw new TemplateError("the separator is empty");
        }
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (maxCount < 0 || parts.size() < maxCount) {
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

    static List<String> words(String text) {
        return words(text, -1, false);
    }

    /** @param maxCount how many words are split off, the rest stays unsplit; negative: all */
    private static List<String> words(String text, long maxCount, boolean fromRight) {
        List<String> words = new ArrayList<>();
        String rest = fromRight ? Text.rightStripped(text) : Text.leftStripped(text);
        while (!rest.isEmpty() && (maxCount < 0 || words.size() < maxCount)) {
            int[] word = fromRight ? lastWord(rest) : firstWord(rest);
            words.add(rest.substring(word[0], word[1]));
            rest = fromRight
                    ? Text.rightStripped(rest.substring(0, word[0]))
                    : Text.leftStripped(rest.substring(word[1]));
        }
        if (!rest.isEmpty()) {
            words.add(rest);
        }
        if (fromRight) {
            Collections.reverse(words);
        }
        return words;
    }

    private static int[] firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Text.isSpace(text.charAt(end))) {
            end++;
        }
        return new int[] {0, end};
    }

    private static int[] lastWord(String text) {
        int start = text.length();
        while (start > 0 && !Text.isSpace(text.charAt(start - 1))) {
            start--;
        }
        return new int[] {start, text.length()};
    }

    /** Lines without their ends, by all the ends that Python knows. */
    static List<@Nullable Object> lines(String text) {
        return lines(text, false);
    }

    private static List<@Nullable Object> lines(String text, boolean keepEnds) {
        List<@Nullable Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
                int end = i;
                boolean pair = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                i += pair ? 1 : 0;
                lines.add(text.substring(start, keepEnds ? i + 1 : end));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
