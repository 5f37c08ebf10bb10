package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The shared golden values of statistics, from public Python packages. */
public final class Goldens {
    private Goldens() {}

    /** A file's content. */
    public static JsonNode read(String name) {
        return Json.strict()
                .readTree(Path.of(System.getProperty("attune.shared"), "data/statistics/statistics-" + name + ".json")
                        .toFile());
    }

    /** The cases of a file, of one statistic if it has several. */
    public static List<JsonNode> cases(String name, String statistic) {
        List<JsonNode> cases = StreamSupport.stream(read(name).get("cases").spliterator(), false)
                .filter(one ->
                        statistic.isEmpty() || one.get("statistic").asString().equals(statistic))
                .toList();
        assertThat(cases).isNotEmpty();
        return cases;
    }

    /** Numbers, with NaN for null. */
    public static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
                .toArray();
    }

    /** Rows of numbers, with NaN for null. */
    public static double[][] table(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(Goldens::numbers)
                .toArray(double[][]::new);
    }

    /** Whether the package gives no number: NaN or an error. */
    public static boolean isUndefined(JsonNode output) {
        return output.isObject() || output.isString();
    }

    /** Compares a figure; undefined ones must have a reason. */
    public static void compare(Figure figure, JsonNode output, double tolerance, String name) {
        if (isUndefined(output)) {
            assertThat(figure).as(name).isInstanceOf(Figure.Undefined.class);
            assertThat(figure.describe()).as(name).matches("undefined: .{8,}");
        } else {
            assertThat(figure.asOptional()).as(name).isPresent();
            close(figure.asOptional().orElseThrow(), output, tolerance, name);
        }
    }

    /** Compares a number. */
    public static void close(double value, JsonNode output, double tolerance, String name) {
        assertThat(value).as(name).isCloseTo(output.asDouble(), within(tolerance));
    }
}
