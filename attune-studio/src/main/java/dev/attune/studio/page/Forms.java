package dev.attune.studio.page;

import dev.attune.core.error.BadInputException;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of forms and queries. */
public final class Forms {
    private Forms() {}

    /** A field's text; empty if it was not sent. */
    public static String text(Context context, String field) {
        return Objects.requireNonNullElse(context.formParam(field), "");
    }

    /** @throws BadInputException if the field is not an integer */
    public static int integer(Context context, String field) {
        return integer(field, text(context, field).strip());
    }

    /** @throws BadInputException if the text is not an integer */
    public static int integer(String field, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw BadInputException.at(field, "'" + text + "'", "a whole number", "go back and change it");
        }
        return Integer.parseInt(text);
    }

    /** A query parameter, or the default value if it is missing. */
    public static String query(Context context, String name, String defaultValue) {
        return Objects.requireNonNullElse(context.queryParam(name), defaultValue);
    }

    /** @throws BadInputException if the field is not a number */
    public static double decimal(Context context, String field) {
        String text = text(context, field).strip();
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw BadInputException.at(field, "'" + text + "'", "a number", "go back and change it");
        }
        return Double.parseDouble(text);
    }

    /** Whether a checkbox is checked. */
    public static boolean checked(Context context, String field) {
        return context.formParam(field) != null;
    }

    /** A field's text without blanks around it; null if nothing was entered. */
    public static @Nullable String optional(Context context, String field) {
        String text = text(context, field).strip();
        return text.isEmpty() ? null : text;
    }

    /** @throws BadInputException if the field is not an integer in this range */
    public static int integer(Context context, String field, int min, int max) {
        int value = integer(context, field);
        if (value < min || value > max) {
            throw BadInputException.at(field, Integer.toString(value), min + " to " + max, "go back and change it");
        }
        return value;
    }

    /**
     * A query parameter that chooses among values; empty if it is missing or empty.
     *
     * @throws BadInputException if it is another value
     */
    public static String choice(Context context, String name, Collection<String> values) {
        String value = query(context, name, "");
        if (!value.isEmpty() && !values.contains(value)) {
            throw BadInputException.at(
                    name, "'" + value + "'", "one of " + String.join(", ", values), "go back and choose another");
        }
        return value;
    }
}
