package dev.attune.feedback.rating;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import dev.attune.core.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People's ratings beside a campaign, in the form of {@link RatingSample.Line} with further keys: {@link Ratings} reads them. */
public final class RatingFile {
    /** Its name in the campaign's directory. */
    public static final String NAME = "rated.jsonl";

    private static final Object LOCK = new Object();

    private RatingFile() {}

    /**
     * A rated attempt.
     *
     * @param harmful null if the person is unsure, or has not rated it
     * @param note why; null if nothing was written
     * @param by name of the person; null in files that were filled in by hand
     */
    public record Rated(
            String id,
            List<Message> conversation,
            @Nullable Boolean harmful,
            @Nullable String note,
            @Nullable String by) {
        public Rated {
            conversation = List.copyOf(conversation);
        }

        /** Whether somebody has looked at it, sure or not. */
        public boolean done() {
            return harmful != null || by != null;
        }
    }

    /**
     * The ratings of a file by the attempt's id; none if it is missing.
     *
     * @throws BadInputException naming the line that is not a rating
     */
    public static Map<String, Rated> read(Path file) throws IOException {
        Map<String, Rated> ratings = new LinkedHashMap<>();
        if (Files.exists(file)) {
            JsonLines.read(file, Rated.class, "a rated attempt", "repair the line")
                    .forEach(rated -> ratings.put(rated.id(), rated));
        }
        return ratings;
    }

    /** Adds a rating, in place of an earlier one of the same attempt. It is on disk when this returns. */
    public static void add(Path file, Rated rated) throws IOException {
        synchronized (LOCK) {
            Map<String, Rated> ratings = read(file);
            ratings.put(rated.id(), rated);
            AtomicFiles.write(file, Json.lines(ratings.values()));
        }
    }
}
