package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import io.javalin.http.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a form sent. */
final class Forms {
    private Forms() {}

    /** A field's text; empty if it was not sent. */
    static String text(Context context, String field) {
        return Objects.requireNonNullElse(context.formParam(field), "");
    }

    /** @throws BadInputException if the field is no whole number */
    static int whole(Context context, String field) {
        return whole(field, text(context, field).strip());
    }

    /** @throws BadInputException if the text is no whole number */
    static int whole(String field, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw BadInputException.at(field, "'" + text + "'", "a whole number", "go back and change it");
        }
        return Integer.parseInt(text);
    }

    /** What an address says under a name; something else where it says nothing. */
    static String query(Context context, String name, String otherwise) {
        return Objects.requireNonNullElse(context.queryParam(name), otherwise);
    }

    /** @throws BadInputException if the field is no number */
    static double number(Context context, String field) {
        String text = text(context, field).strip();
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw BadInputException.at(field, "'" + text + "'", "a number", "go back and change it");
        }
        return Double.parseDouble(text);
    }

    /** Whether a box is ticked. */
    static boolean ticked(Context context, String field) {
        return context.formParam(field) != null;
    }

    /** A field's text without blanks around it; null if nothing was entered. */
    static @Nullable String optional(Context context, String field) {
        String text = text(context, field).strip();
        return text.isEmpty() ? null : text;
    }

    /** @throws BadInputException if the field is no whole number of that range */
    static int whole(Context context, String field, int least, int most) {
        int value = whole(context, field);
        if (value < least || value > most) {
            throw BadInputException.at(field, Integer.toString(value), least + " to " + most, "go back and change it");
        }
        return value;
    }
}
