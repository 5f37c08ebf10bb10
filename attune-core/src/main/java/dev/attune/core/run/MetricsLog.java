package dev.attune.core.run;

import dev.attune.core.chart.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metrics of a run, as in {@code metrics.jsonl}: one line per step, numbers by name. An unfinished last line, left
 * by a killed run, is skipped.
 */
public record MetricsLog(List<Line> lines) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STEP = "step";

    /** The metrics of one step. */
    public record Line(long step, Map<String, Double> values) {}

    /** Reads the file; an empty log if it is missing. */
    public static MetricsLog read(Path file) {
        if (!Files.exists(file)) {
            return new MetricsLog(List.of());
        }
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses the lines of the file. */
    public static MetricsLog of(List<String> texts) {
        List<Line> lines = new ArrayList<>();
        for (String text : texts) {
            if (!text.isBlank()) {
                add(lines, text);
            }
        }
        return new MetricsLog(List.copyOf(lines));
    }

    private static void add(List<Line> lines, String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException unfinished) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        flatten("", node, values);
        Double step = values.remove(STEP);
        lines.add(new Line(step == null ? lines.size() : Math.round(step), values));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, Double> into) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = prefix + entry.getKey();
            if (entry.getValue().isNumber()) {
                into.put(name, entry.getValue().asDouble());
            } else if (entry.getValue().isObject()) {
                flatten(name + "/", entry.getValue(), into);
            }
        }
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The number of the last step; 0 if there is none. */
    public long lastStep() {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).step();
    }

    /** All names, in the order of their first appearance. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.addAll(line.values().keySet()));
        return names;
    }

    /** The values of a metric by step, as a curve with that title. */
    public Series series(String name, String title) {
        List<Series.Point> points = new ArrayList<>();
        for (Line line : lines) {
            Double value = line.values().get(name);
            if (value != null) {
                points.add(new Series.Point(line.step(), value));
            }
        }
        return new Series(title, points);
    }

    /** The last value of that name. */
    public OptionalDouble last(String name) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Double value = lines.get(i).values().get(name);
            if (value != null) {
                return OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }

    /** The first value of that name. */
    public OptionalDouble first(String name) {
        return lines.stream()
                .map(line -> line.values().get(name))
                .filter(java.util.Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }
}
