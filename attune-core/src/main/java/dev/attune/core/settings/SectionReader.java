package dev.attune.core.settings;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values of one section with their defaults. Every key that is read counts as known; {@link #finish}
 * refuses all others.
 */
public final class SectionReader {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> entries;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param file the name for messages
     * @param path of the section in the file, as {@code ppo}, or empty at the top
     */
    public SectionReader(String file, String path, Node node) {
        if (!(node instanceof Node.Section section)) {
            throw BadInputException.at(
                    place(file, node.line()),
                    node.kind() + (path.isEmpty() ? "" : " for '" + path + "'"),
                    "a section of keys",
                    "write KEY: VALUE lines");
        }
        this.file = file;
        this.path = path;
        this.line = section.line();
        this.entries = new LinkedHashMap<>(section.entries());
    }

    public boolean has(String key) {
        return node(key) != null;
    }

    /** Whether a key is missing, or null. */
    public boolean isNull(String key) {
        Node node = node(key);
        return node == null || isMissing(node);
    }

    public String text(String key, String fallback) {
        Node.Scalar scalar = scalar(key, "a text");
        return scalar == null ? fallback : scalar.text();
    }

    public @Nullable String optionalText(String key) {
        Node.Scalar scalar = scalar(key, "a text or null");
        return scalar == null ? null : scalar.text();
    }

    public String requiredText(String key, String expected) {
        Node.Scalar scalar = scalar(key, expected);
        if (scalar == null || scalar.text().isBlank()) {
            throw BadInputException.at(
                    place(file, line), "no '" + name(key) + "'", expected, "add the key '" + name(key) + "'");
        }
        return scalar.text();
    }

    public boolean bool(String key, boolean fallback) {
        Node.Scalar scalar = scalar(key, "true or false");
        if (scalar == null) {
            return fallback;
        }
        return switch (scalar.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, scalar, "true or false");
        };
    }

    public int integer(String key, int fallback, int minimum) {
        Integer value = optionalInteger(key, minimum);
        return value == null ? fallback : value;
    }

    public @Nullable Integer optionalInteger(String key, int minimum) {
        String expected = "a whole number of at least " + minimum;
        Node.Scalar scalar = scalar(key, expected);
        if (scalar == null) {
            return null;
        }
        try {
            int value = Integer.parseInt(scalar.text().replace("_", ""));
            if (value >= minimum) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // refused below, with the same message as a number out of range
        }
        throw invalid(key, scalar, expected);
    }

    public long longValue(String key, long fallback) {
        Node.Scalar scalar = scalar(key, "a whole number");
        if (scalar == null) {
            return fallback;
        }
        try {
            return Long.parseLong(scalar.text());
        } catch (NumberFormatException e) {
            throw invalid(key, scalar, "a whole number");
        }
    }

    public double number(String key, double fallback, Range range) {
        Double value = optionalNumber(key, range);
        return value == null ? fallback : value;
    }

    /** A number whose default a null in the recipe switches off. */
    public @Nullable Double nullableNumber(String key, @Nullable Double fallback, Range range) {
        return has(key) ? optionalNumber(key, range) : fallback;
    }

    public @Nullable Double optionalNumber(String key, Range range) {
        Node.Scalar scalar = scalar(key, range.toString());
        if (scalar == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(scalar.text());
            if (range.contains(value)) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // refused below, with the same message as a number out of range
        }
        throw invalid(key, scalar, range.toString());
    }

    /** One of an enum's constants by its text, in which a hyphen may be written for an underscore and the other way. */
    public <E extends Enum<E>> E choice(String key, E fallback) {
        Class<E> type = fallback.getDeclaringClass();
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(textOf(constant));
        }
        String expected = String.join(" or ", names);
        Node.Scalar scalar = scalar(key, expected);
        if (scalar == null) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (textOf(constant).replace('-', '_').equals(scalar.text().replace('-', '_'))) {
                return constant;
            }
        }
        throw invalid(key, scalar, expected);
    }

    private static String textOf(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
    }

    /** A value parsed by {@code parser}, which throws {@link BadInputException} for an invalid one. */
    public <T> T parsed(String key, T fallback, String expected, Function<String, T> parser) {
        Node.Scalar scalar = scalar(key, expected);
        if (scalar == null) {
            return fallback;
        }
        try {
            return parser.apply(scalar.text());
        } catch (BadInputException e) {
            throw invalid(key, scalar, expected);
        }
    }

    /** A subsection; an empty one if the key is missing, so that its defaults apply. */
    public <T> T section(String key, Function<SectionReader, T> reader) {
        Node node = node(key);
        Node section = node == null || isMissing(node) ? new Node.Section(Map.of(), line) : node;
        return read(name(key), section, reader);
    }

    /** A subsection, or null if the key is missing. */
    public <T> @Nullable T optionalSection(String key, Function<SectionReader, T> reader) {
        Node node = node(key);
        return node == null || isMissing(node) ? null : read(name(key), node, reader);
    }

    /** A list of sections; empty if the key is missing. */
    public <T> List<T> sections(String key, Function<SectionReader, T> reader) {
        List<T> result = new ArrayList<>();
        for (Node item : items(key)) {
            result.add(read(name(key) + "." + result.size(), item, reader));
        }
        return result;
    }

    /** A list of texts; empty if the key is missing. */
    public List<String> texts(String key) {
        List<String> result = new ArrayList<>();
        for (Node item : items(key)) {
            if (!(item instanceof Node.Scalar scalar) || scalar.isNull()) {
                throw invalid(key, item, "a list of texts");
            }
            result.add(scalar.text());
        }
        return result;
    }

    /** A list of numbers; empty if the key is missing. */
    public List<Double> numbers(String key) {
        List<Double> result = new ArrayList<>();
        for (String text : texts(key)) {
            try {
                result.add(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                throw invalid(key, "'" + text + "'", "a list of numbers", "change the value");
            }
        }
        return result;
    }

    /** A section of texts, by key; empty if the key is missing. */
    public Map<String, String> textMap(String key) {
        Map<String, String> result = new LinkedHashMap<>();
        Node node = node(key);
        if (node == null || isMissing(node)) {
            return result;
        }
        if (!(node instanceof Node.Section section)) {
            throw invalid(key, node, "a section of settings");
        }
        section.entries().forEach((name, value) -> {
            if (!(value instanceof Node.Scalar scalar) || scalar.isNull()) {
                throw invalid(key, value, "a text or a number for " + name);
            }
            result.put(name, scalar.text());
        });
        return result;
    }

    /** Refuses a section that another one replaces. */
    public void requireAbsent(String key, String why) {
        Node node = node(key);
        if (node != null && !isMissing(node)) {
            throw invalid(key, node.kind(), "nothing, " + why, "remove it");
        }
    }

    /** The node itself, for keys that take more than one form. */
    public @Nullable Node node(String key) {
        known.add(key);
        return entries.get(key);
    }

    /** Refuses keys that were not read. */
    public void finish() {
        for (Map.Entry<String, Node> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw BadInputException.at(
                        place(file, entry.getValue().line()),
                        "the unknown key '" + name(entry.getKey()) + "'",
                        "one of " + String.join(", ", known),
                        "did you mean '" + name(NearestKey.to(entry.getKey(), known)) + "'?");
            }
        }
    }

    /** The error for an invalid value of {@code key}. */
    public BadInputException invalid(String key, String found, String expected, String remedy) {
        return BadInputException.at(placeOf(key), found + " for '" + name(key) + "'", expected, remedy);
    }

    /** File and line of a key; those of the section if the key is missing. */
    public String placeOf(String key) {
        Node node = entries.get(key);
        return place(file, node == null ? line : node.line());
    }

    private BadInputException invalid(String key, Node node, String expected) {
        return invalid(key, node.kind(), expected, "change the value");
    }

    private <T> T read(String sectionPath, Node node, Function<SectionReader, T> reader) {
        SectionReader fields = new SectionReader(file, sectionPath, node);
        T value = reader.apply(fields);
        fields.finish();
        return value;
    }

    /** The items of a list; none if the key is missing. */
    public List<Node> items(String key) {
        Node node = node(key);
        if (node == null || isMissing(node)) {
            return List.of();
        }
        if (!(node instanceof Node.Items items)) {
            throw invalid(key, node, "a list");
        }
        return items.values();
    }

    private static boolean isMissing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNull();
    }

    private Node.@Nullable Scalar scalar(String key, String expected) {
        Node node = node(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Node.Scalar scalar)) {
            throw invalid(key, node, expected);
        }
        return scalar.isNull() ? null : scalar;
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String place(String file, int line) {
        return line > 0 ? file + ":" + line : file;
    }
}
