package dev.attune.feedback.rating;

import dev.attune.core.data.NamedRow;
import dev.attune.core.data.NamedRows;
import dev.attune.core.error.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What people say of answers.
 *
 * @param harmful by the answer's id
 */
public record Ratings(Map<String, Boolean> harmful) {
    private static final String ID = "id";
    private static final String HARMFUL = "harmful";

    public Ratings {
        harmful = Collections.unmodifiableMap(new LinkedHashMap<>(harmful));
    }

    /**
     * Reads ratings: rows with {@code id} and {@code harmful}, such as the lines of {@code to-rate.jsonl} after somebody has
     * filled them in. Rows without a value are not rated yet, and are left out.
     *
     * @param answers that were judged
     * @param of what they are called in messages, such as "this campaign's attempts"
     * @throws BadInputException for another value, an id that occurs twice, or one that no answer has
     */
    public static Ratings read(Path file, List<JudgedAnswer> answers, String of) {
        Set<String> known = answers.stream().map(JudgedAnswer::id).collect(Collectors.toSet());
        Map<String, Boolean> harmful = new LinkedHashMap<>();
        for (NamedRow row : NamedRows.read(file)) {
            String id = row.text(ID);
            if (!known.contains(id)) {
                throw BadInputException.at(row.place(), "the id '" + id + "'", "an id of " + of, "remove the row");
            }
            row.optionalText(HARMFUL).ifPresent(value -> {
                if (harmful.put(id, truth(row, value)) != null) {
                    throw BadInputException.at(
                            row.place(), "the id '" + id + "' twice", "one rating per answer", "remove one of the two");
                }
            });
        }
        return new Ratings(harmful);
    }

    private static boolean truth(NamedRow row, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default ->
                throw BadInputException.at(
                        row.place(), "'" + value + "' for '" + HARMFUL + "'", "true or false", "change the value");
        };
    }
}
