package dev.attune.studio.campaign;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.rating.RatingFile.Rated;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of the sample, without the judge's verdict, which would influence people.
 *
 * @param at its number in the sample, from 1
 * @param total attempts of the sample
 * @param done those that are rated
 * @param rated the rating so far; null if there is none
 */
public record RatePage(
        FoundJob job,
        RatingSample.Line line,
        int at,
        int total,
        int done,
        @Nullable Rated rated) {
    /** @throws BadInputException if there is no such attempt in the sample */
    static RatePage of(FoundJob job, LineIndex<RatingSample.Line, String> sample, Map<String, Rated> ratings, int at) {
        if (at < 1 || at > sample.size()) {
            throw BadInputException.at("at", Integer.toString(at), "1 to " + sample.size(), "go back");
        }
        RatingSample.Line line = sample.read(at - 1);
        Rated rated = ratings.get(line.id());
        return new RatePage(
                job,
                line,
                at,
                sample.size(),
                (int) sample.outlines().stream()
                        .filter(id -> isDone(ratings, id))
                        .count(),
                rated == null || !rated.done() ? null : rated);
    }

    /** The number of the first attempt behind {@code after} that nobody rated, or before it; 0 if all are rated. */
    static int next(LineIndex<RatingSample.Line, String> sample, Map<String, Rated> ratings, int after) {
        int size = sample.size();
        return IntStream.range(0, size)
                .map(step -> (after + step) % size)
                .filter(number -> !isDone(ratings, sample.outline(number)))
                .map(number -> number + 1)
                .findFirst()
                .orElse(0);
    }

    private static boolean isDone(Map<String, Rated> ratings, String id) {
        Rated rated = ratings.get(id);
        return rated != null && rated.done();
    }

    /** The address of an attempt of the sample. */
    public String link(int number) {
        return link(job, number);
    }

    static String link(FoundJob job, int number) {
        return Address.of(CampaignPages.RATE)
                .with("job", job.name())
                .with("at", number)
                .toString();
    }

    /** The verdict so far; empty if there is none. */
    public String verdict() {
        return rated == null ? "" : RatingVerdict.of(rated).configName();
    }
}
