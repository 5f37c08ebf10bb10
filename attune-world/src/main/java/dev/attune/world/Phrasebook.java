package dev.attune.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One of the world's word lists: sections in brackets, in them lines {@code key: text}. A star before a line or a
 * section holds it out from feedback prompts. Lines without a key belong to the key "value".
 */
public final class Phrasebook {
    /** A line of a word list. */
    public record Line(String text, boolean heldOut) {}

    /** A section's lines by key. */
    public record Section(
            String name, boolean heldOut, Map<String, List<Line>> lines, Map<String, List<String>> texts) {
        private Section(String name, boolean heldOut) {
            this(name, heldOut, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        private void add(String key, Line line) {
            lines.computeIfAbsent(key, k -> new ArrayList<>()).add(line);
            texts.computeIfAbsent(key, k -> new ArrayList<>()).add(line.text());
        }

        public List<Line> lines(String key) {
            List<Line> found = lines.get(key);
            if (found == null) {
                throw new IllegalArgumentException("section " + name + " has no lines " + key);
            }
            return found;
        }

        public boolean has(String key) {
            return lines.containsKey(key);
        }

        public List<String> texts(String key) {
            List<String> found = texts.get(key);
            if (found == null) {
                throw new IllegalArgumentException("section " + name + " has no lines " + key);
            }
            return found;
        }

        public List<String> values() {
            return texts("value");
        }
    }

    public static final Phrasebook RELATIONS = load("relations.txt");
    public static final Phrasebook UNRECORDED_TOPICS = load("matters.txt");
    public static final Phrasebook HARMS = load("harms.txt");
    public static final Phrasebook FRAMES = load("frames.txt");
    public static final Phrasebook ANSWERS = load("answers.txt");
    public static final Phrasebook VALUES = load("values.txt");
    public static final Phrasebook NAMES = load("names.txt");
    public static final Phrasebook CLAIMS = load("claims.txt");
    public static final Phrasebook JUDGE = load("judge.txt");
    public static final Phrasebook DISCUSSIONS = load("discussions.txt");

    private final String name;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    private Phrasebook(String name) {
        this.name = name;
    }

    private static Phrasebook load(String name) {
        Phrasebook book = new Phrasebook(name);
        InputStream stream = Objects.requireNonNull(
                Phrasebook.class.getResourceAsStream("/dev/attune/world/" + name), () -> "missing resource " + name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            book.read(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return book;
    }

    private void read(List<String> lines) {
        Section current = null;
        for (String raw : lines) {
            boolean starred = raw.startsWith("*");
            String line = (starred ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                current = new Section(line.substring(1, line.length() - 1), starred);
                sections.put(current.name(), current);
                continue;
            }
            Section section = Objects.requireNonNull(current, () -> name + ": a line before the first section");
            int colon = line.indexOf(": ");
            String key = colon < 0 ? "value" : line.substring(0, colon);
            String text = colon < 0 ? line : line.substring(colon + 2);
            section.add(key, new Line(text, starred));
        }
    }

    public Section section(String key) {
        Section found = sections.get(key);
        if (found == null) {
            throw new IllegalArgumentException(name + " has no section " + key);
        }
        return found;
    }

    public List<Section> sections() {
        return List.copyOf(sections.values());
    }
}
