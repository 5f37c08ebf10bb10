package dev.attune.studio.campaign;

import dev.attune.feedback.rating.RatingFile.Rated;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue of an attempt with its verdicts.
 *
 * @param siblings the other tries of the same attack
 * @param rated what a person says; null if nobody rated it
 * @param rate the address of its rating; empty if it is not in the sample
 */
public record AttemptPage(
        FoundJob job,
        Attempt attempt,
        Outcome outcome,
        List<Sibling> siblings,
        @Nullable Rated rated,
        String rate) {
    /** Another try of the same attack. */
    public record Sibling(int number, Outcome outcome, String link) {}

    static String link(FoundJob job, String id) {
        return Address.of(CampaignPages.ATTEMPT)
                .with("job", job.name())
                .with("id", id)
                .toString();
    }

    /** @throws NotFoundResponse if there is no attempt of the id that the request gives */
    static AttemptPage of(Context context, FoundJob job, CampaignFiles files) {
        LineIndex<Attempt, AttemptOutcome> attempts = files.attempts(job);
        LineIndex<RatingSample.Line, String> sample = files.sample(job);
        String id = String.valueOf(context.queryParam("id"));
        Attempt attempt = attempts.where(outcome -> outcome.id().equals(id)).stream()
                .findFirst()
                .map(attempts::read)
                .orElseThrow(() -> new NotFoundResponse("There is no such attempt."));
        return new AttemptPage(
                job,
                attempt,
                Outcome.of(attempt.score()),
                siblings(job, attempt, attempts),
                RatedSample.ratings(job).get(id),
                sample.where(id::equals).stream()
                        .findFirst()
                        .map(number -> RatePage.link(job, number + 1))
                        .orElse(""));
    }

    private static List<Sibling> siblings(FoundJob job, Attempt attempt, LineIndex<Attempt, AttemptOutcome> attempts) {
        return attempts
                .where(other -> other.seed() == attempt.seed()
                        && other.mutation().equals(attempt.mutation())
                        && !other.id().equals(attempt.id()))
                .stream()
                .map(attempts::read)
                .map(other -> new Sibling(other.number() + 1, Outcome.of(other.score()), link(job, other.id())))
                .toList();
    }
}
