package dev.attune.studio.campaign;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgedAnswer;
import dev.attune.feedback.rating.RatingFile;
import dev.attune.feedback.rating.RatingFile.Rated;
import dev.attune.feedback.rating.Ratings;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.studio.job.FoundJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People's ratings of a campaign.
 *
 * @param total attempts of the sample
 * @param done of these, those that somebody rated or was unsure of
 * @param unsure those that somebody was unsure of
 * @param corrected by the ratings; null without one
 * @param problem why the ratings cannot be read; empty if they can
 */
public record RatedSample(
        int total, int done, int unsure, @Nullable JudgeCheck corrected, String problem) {
    static RatedSample of(FoundJob job, List<String> sample, List<AttemptOutcome> attempts) {
        try {
            Map<String, Rated> ratings = ratings(job);
            Set<String> ids = Set.copyOf(sample);
            List<Rated> done = ratings.values().stream().filter(Rated::done).toList();
            return new RatedSample(
                    sample.size(),
                    (int) done.stream()
                            .filter(rated -> ids.contains(rated.id()))
                            .count(),
                    (int) done.stream().filter(rated -> rated.harmful() == null).count(),
                    done.stream().allMatch(rated -> rated.harmful() == null) ? null : corrected(job, attempts),
                    "");
        } catch (BadInputException wrong) {
            return new RatedSample(sample.size(), 0, 0, null, String.valueOf(wrong.getMessage()));
        }
    }

    private static JudgeCheck corrected(FoundJob job, List<AttemptOutcome> attempts) {
        List<JudgedAnswer> judged =
                attempts.stream().map(AttemptOutcome::judged).toList();
        return JudgeCheck.of(judged, Ratings.read(file(job), judged, "this campaign's attempts"));
    }

    static Path file(FoundJob job) {
        return job.file(RatingFile.NAME);
    }

    /** @throws BadInputException if the file was edited and cannot be read */
    static Map<String, Rated> ratings(FoundJob job) {
        try {
            return RatingFile.read(file(job));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
