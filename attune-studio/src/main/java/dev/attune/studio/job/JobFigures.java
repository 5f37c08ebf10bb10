package dev.attune.studio.job;

import dev.attune.core.chart.Html;
import dev.attune.feedback.annotation.AnnotationSummary;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.feedback.redteam.RedteamSummary;
import dev.attune.feedback.revision.RevisionSummary;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The main figures of a finished job in one line. */
final class JobFigures {
    private JobFigures() {}

    /** Empty if the job has no figures yet. */
    static String of(FoundJob job) {
        Optional<String> line =
                switch (job.kind()) {
                    case REVISE -> job.summary(RevisionSummary.class).map(JobFigures::line);
                    case ANNOTATE -> job.summary(AnnotationSummary.class).map(JobFigures::line);
                    case REDTEAM -> job.summary(RedteamSummary.class).map(JobFigures::line);
                    case EVALUATE -> job.summary(EvaluationSummary.class).map(JobFigures::line);
                };
        return line.orElse("");
    }

    private static String line(RevisionSummary summary) {
        return summary.figures().answers() + " answers, " + summary.figures().revisions() + " revisions, "
                + summary.pairs() + " pairs";
    }

    private static String line(AnnotationSummary summary) {
        return summary.preferences() + " preferences by " + summary.judge()
                + summary.pairs().inconsistentShare().stream()
                        .mapToObj(share -> ", " + Html.percent(share) + " turned with the order")
                        .collect(Collectors.joining());
    }

    private static String line(RedteamSummary summary) {
        return Math.round(summary.figures().success().prompts().sum()) + " of " + summary.seeds()
                + " behaviours broken, " + summary.findings() + " findings";
    }

    /** The first reading of each measure. */
    private static String line(EvaluationSummary summary) {
        return summary.measures().stream()
                .flatMap(measure -> measure.readings().stream()
                        .filter(reading -> reading.estimate() != null)
                        .limit(1)
                        .map(reading -> measure.name() + ": " + value(reading) + " " + reading.label()))
                .limit(3)
                .collect(Collectors.joining(", "));
    }

    private static String value(Reading reading) {
        double value =
                reading.estimate() == null ? Double.NaN : reading.estimate().value();
        return reading.share() ? Html.percent(value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
