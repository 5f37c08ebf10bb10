package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.RatedMeasure;
import dev.attune.feedback.evaluation.Suite;
import dev.attune.feedback.rating.JudgeCheck;
import dev.attune.feedback.rating.JudgedAnswer;
import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.rating.Ratings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of people in an evaluation, which may change from one call to the next: the answers stay.
 *
 * @param sample answers of each measure with a judge of harm that are written for people to rate; 0: none
 * @param rated the file of their ratings; null: none
 */
public record PeoplesRatings(int sample, @Nullable Path rated) {
    /**
     * Checks what can be checked before a model is asked.
     *
     * @throws BadInputException if the suite has nothing to rate, or the file is missing
     */
    void require(Path file, Suite suite) {
        if ((sample > 0 || rated != null) && !suite.judgesHarm()) {
            throw BadInputException.at(
                    file.toString(),
                    "no measure whose answers a judge calls harmful or harmless",
                    "one of kind requests with a judge",
                    "add a judge, or leave --sample-for-rating and --ratings out");
        }
        if (rated != null && !Files.isRegularFile(rated)) {
            throw BadInputException.at(
                    rated.toString(),
                    "no such file",
                    "ratings of this evaluation's answers",
                    "leave --ratings out, and write a sample with --sample-for-rating first");
        }
    }

    /** Writes to-rate.jsonl if a sample is wanted. */
    void write(Evaluated model, long seed, JobFolder out) throws IOException {
        if (sample > 0) {
            List<RatingSample.Line> lines = new ArrayList<>();
            model.measured().forEach(measured -> lines.addAll(RatingSample.of(measured.judged(), sample, seed)));
            AtomicFiles.write(out.file("to-rate.jsonl"), Json.lines(lines));
        }
    }

    /** The judge of each measure that has ratings. */
    List<RatedMeasure> checked(Evaluated model) {
        if (rated == null) {
            return List.of();
        }
        Ratings ratings = ratings(rated, model);
        return model.measured().stream()
                .filter(measured -> measured.judged().stream()
                        .anyMatch(answer -> ratings.harmful().containsKey(answer.id())))
                .map(measured -> new RatedMeasure(measured.name(), JudgeCheck.of(measured.judged(), ratings)))
                .toList();
    }

    private static Ratings ratings(Path file, Evaluated model) {
        List<JudgedAnswer> answers = model.measured().stream()
                .map(Measured::judged)
                .flatMap(List::stream)
                .toList();
        Ratings ratings = Ratings.read(file, answers, "this evaluation's answers");
        if (ratings.harmful().isEmpty()) {
            throw BadInputException.at(
                    file.toString(), "no ratings", "true or false for 'harmful' in its rows", "fill in some");
        }
        return ratings;
    }
}
