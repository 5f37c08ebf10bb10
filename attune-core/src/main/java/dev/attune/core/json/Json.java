package dev.attune.core.json;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mappers. Reading is strict: a key given twice and anything after the value are errors. Records are written with
 * snake_case keys, in the order of their components.
 */
public final class Json {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** As {@link #STRICT}, and reads the tokens NaN and Infinity, which Python writes. */
    private static final JsonMapper DATA =
            STRICT.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private static final JsonMapper RECORDS = STRICT.rebuild()
            .addModule(new PromptModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final JsonMapper PRETTY =
            RECORDS.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

    private Json() {}

    /** For trees: duplicate keys and trailing text are errors. */
    public static JsonMapper strict() {
        return STRICT;
    }

    /** For rows of datasets: as strict, but numbers may be NaN or Infinity. */
    public static JsonMapper data() {
        return DATA;
    }

    /** For records, with snake_case keys; unknown keys are errors. */
    public static JsonMapper records() {
        return RECORDS;
    }

    /** One line, without the line feed. */
    public static String line(Object value) {
        return RECORDS.writeValueAsString(value);
    }

    /** One line per value, each with its line feed. */
    public static String lines(Collection<?> values) {
        return values.stream().map(value -> line(value) + "\n").collect(Collectors.joining());
    }

    /** Indented over several lines, ending in a line feed. */
    public static String pretty(Object value) {
        return PRETTY.writeValueAsString(value) + "\n";
    }

    /** The tree of one text; throws {@link JacksonException} if it is malformed. */
    public static JsonNode tree(String text) {
        return STRICT.readTree(text);
    }

    /** The tree of one text of a dataset: numbers may be NaN or Infinity. */
    public static JsonNode dataTree(String text) {
        return DATA.readTree(text);
    }

    /** The keys and values of an object: of a tree, or of a record by its snake_case keys. */
    public static Map<String, @Nullable Object> map(Object value) {
        return RECORDS.convertValue(value, MAP);
    }

    /** A whole file as a tree. */
    public static JsonNode readTree(Path file) {
        String text = text(file);
        try {
            return STRICT.readTree(text);
        } catch (JacksonException e) {
            throw BadInputException.at(place(file, e), reason(e), "JSON", "repair the file");
        }
    }

    /** A whole file as a record. */
    public static <T> T read(Path file, Class<T> type) {
        String text = text(file);
        try {
            T value = RECORDS.readValue(text, type);
            if (value == null) {
                throw BadInputException.at(file.toString(), "null", "a JSON object", "repair the file");
            }
            return value;
        } catch (JacksonException e) {
            throw BadInputException.at(place(file, e), reason(e), "JSON as Attune writes it", "repair the file");
        }
    }

    /** The problem of a malformed text, in one line and without the text itself. */
    public static String reason(JacksonException e) {
        return JsonProblem.describe(Objects.requireNonNullElse(e.getOriginalMessage(), "malformed JSON"));
    }

    private static String place(Path file, JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        boolean known = e instanceof StreamReadException && location != null && location.getLineNr() > 0;
        return known ? file + ":" + location.getLineNr() + ":" + location.getColumnNr() : file.toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString(), "no such file", "a JSON file", "check the path");
        } catch (IOException e) {
            throw BadInputException.at(
                    file.toString(), String.valueOf(e.getMessage()), "a readable JSON file", "check the file");
        }
    }
}
