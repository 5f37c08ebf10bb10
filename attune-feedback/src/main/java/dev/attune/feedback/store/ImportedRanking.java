package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ranking from a file.
 *
 * @param place in its file, for messages
 * @param named whether the file gives it an id; otherwise it is identified by its content
 */
public record ImportedRanking(String place, Ranking ranking, boolean named) {
    private static final int MAX_NAME_LENGTH = 200;

    /** @throws BadInputException if it does not fit the project or cannot be stored */
    void require(Project project) {
        if (project.criteria().stream().noneMatch(one -> one.name().equals(ranking.criterion()))) {
            throw invalid(
                    "the criterion '" + ranking.criterion() + "'",
                    "one of the project's: "
                            + String.join(
                                    ", ",
                                    project.criteria().stream()
                                            .map(Criterion::name)
                                            .toList()),
                    "import it into a project that ranks by it");
        }
        Tasks.requireCount(place, ranking.completions().size());
        Tasks.requireText(place, ranking.completions());
        String labeler = labeler();
        if (labeler.isEmpty() || labeler.length() > MAX_NAME_LENGTH) {
            throw invalid("a labeler's name of " + labeler.length() + " characters", "1 to 200", "change the name");
        }
        if (Stream.of(labeler, ranking.id(), ranking.guideline(), ranking.time())
                .anyMatch(text -> text != null && text.indexOf('\0') >= 0)) {
            throw invalid("the character U+0000 in labeler, id, guideline or time", "text without it", "remove it");
        }
        millis();
    }

    /** The labeler's name. */
    String labeler() {
        return ranking.labeler().strip();
    }

    /** The time of the ranking, in milliseconds since 1970; null if the file has none. */
    @Nullable
    Long millis() {
        String time = ranking.time();
        if (time == null) {
            return null;
        }
        try {
            return parse(time.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T"))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid("the time '" + time + "'", "one like 2026-01-01T12:00:00Z", "change the time");
        }
    }

    /** Parses a time; without an offset it is in UTC. */
    private static OffsetDateTime parse(String time) {
        if (time.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(time).atStartOfDay().atOffset(ZoneOffset.UTC);
        }
        boolean offset = time.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
        return offset && time.contains("T")
                ? OffsetDateTime.parse(
                        time.replaceFirst("([+-]\\d\\d)(\\d\\d)?$", "$1:$2").replaceFirst(":$", ":00"))
                : LocalDateTime.parse(time).atOffset(ZoneOffset.UTC);
    }

    /**
     * A hash of completions, ranking, labeler and time, independent of the order in which the file lists the
     * completions.
     */
    String content() {
        return hash(CompletionOrder.reordered(ranking, CompletionOrder.sorted(ranking.completions())));
    }

    /** The hash with the completions in the file's order, as in earlier versions. */
    String contentInFileOrder() {
        return hash(ranking);
    }

    private static String hash(Ranking ranking) {
        return Hashing.sha256(Json.line(ranking.withId("").withoutSampling()));
    }

    /**
     * The key of the ranking within a project.
     *
     * @param content {@link #content()}
     * @param count number of rankings with the same content in its file up to this one
     */
    String key(String content, int count) {
        return named ? keyOf(ranking.id()) : Hashing.sha256("content\n" + content + "\n" + count);
    }

    static String keyOf(String id) {
        return Hashing.sha256("id\n" + id);
    }

    BadInputException invalid(String found, String expected, String remedy) {
        return BadInputException.at(place, found, expected, remedy);
    }
}
