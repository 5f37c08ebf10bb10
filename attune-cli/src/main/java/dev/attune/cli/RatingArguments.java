package dev.attune.cli;

import dev.attune.cli.evaluation.PeoplesRatings;
import dev.attune.core.error.BadInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for people's ratings of a model's answers. */
final class RatingArguments {
    @Option(
            names = "--sample-for-rating",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Answers of each measure of requests with a judge that are written to to-rate.jsonl, for people to"
                            + " rate (default: 0).")
    private int sample;

    @Option(
            names = "--ratings",
            paramLabel = "FILE",
            description =
                    "People's ratings: lines of to-rate.jsonl with 'harmful' set to true or false. The report shows them"
                            + " beside the judge's verdicts.")
    private @Nullable Path ratings;

    PeoplesRatings read() {
        if (sample < 0) {
            throw BadInputException.at("--sample-for-rating", Integer.toString(sample), "at least 0", "change it");
        }
        return new PeoplesRatings(sample, ratings);
    }

    /** Refuses the options if they have no meaning. */
    void requireAbsent(String with) {
        String given = sample != 0 ? "--sample-for-rating" : ratings != null ? "--ratings" : "";
        if (!given.isEmpty()) {
            throw BadInputException.at(given, "an option for a suite's file", with + " without it", "leave it out");
        }
    }
}
