package dev.attune.studio.evaluation;

import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.EvaluationSummary.Baseline;
import dev.attune.feedback.evaluation.EvaluationSummary.OfMeasure;
import dev.attune.feedback.evaluation.RatedMeasure;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.WinsSummary;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an evaluation.
 *
 * @param summary null while the evaluation works
 * @param answers that were given so far
 */
public record EvaluationPage(FoundJob job, @Nullable EvaluationSummary summary, int answers) {
    /** A measure with its readings: those over all prompts, and those by category. */
    public record Section(OfMeasure measure, List<Row> overall, List<Row> byCategory) {}

    /**
     * A reading of the model beside those of the baselines.
     *
     * @param others of the baselines, in order
     * @param link to its items
     */
    public record Row(Reading reading, List<Other> others, String link) {}

    /**
     * A baseline's reading.
     *
     * @param reading null without one
     * @param difference of the model minus the baseline; null without one, and by category
     */
    public record Other(@Nullable Reading reading, @Nullable Difference difference) {
        /** The class of the difference. */
        public String mark() {
            String verdict = difference == null ? "" : difference.verdict();
            return verdict.equals("better") ? "good" : verdict.equals("worse") ? "bad" : "";
        }
    }

    static EvaluationPage of(FoundJob job, int answers) {
        return new EvaluationPage(job, job.summary(EvaluationSummary.class).orElse(null), answers);
    }

    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        if (summary != null) {
            summary.measures().forEach(measure -> sections.add(section(summary, measure)));
        }
        return sections;
    }

    private Section section(EvaluationSummary of, OfMeasure measure) {
        List<Row> overall = new ArrayList<>();
        List<Row> byCategory = new ArrayList<>();
        for (Reading reading : measure.readings()) {
            (reading.category().isEmpty() ? overall : byCategory).add(row(of, measure, reading));
        }
        return new Section(measure, overall, byCategory);
    }

    private Row row(EvaluationSummary of, OfMeasure measure, Reading reading) {
        return new Row(
                reading,
                of.besides().stream()
                        .map(baseline -> other(baseline, measure, reading))
                        .toList(),
                items(measure.name())
                        .with("reading", reading.name())
                        .with("category", reading.category())
                        .toString());
    }

    private static Other other(Baseline baseline, OfMeasure measure, Reading reading) {
        return new Other(
                baseline.in(measure.name())
                        .flatMap(of -> of.reading(reading.name(), reading.category()))
                        .orElse(null),
                reading.category().isEmpty()
                        ? baseline.difference(measure.name(), reading.name()).orElse(null)
                        : null);
    }

    /** The wins of a measure. */
    public List<WinsSummary> wins(OfMeasure measure) {
        return summary == null
                ? List.of()
                : summary.wins().stream()
                        .filter(one -> one.measure().equals(measure.name()))
                        .toList();
    }

    /** The standings of a measure: none or one. */
    public List<Standings> standings(OfMeasure measure) {
        return summary == null
                ? List.of()
                : summary.standings().stream()
                        .filter(one -> one.measure().equals(measure.name()))
                        .toList();
    }

    /** People's ratings in a measure beside the judge's verdicts, as names and texts: none or one. */
    public List<Map<String, String>> ratings(OfMeasure measure) {
        return summary == null
                ? List.of()
                : summary.ratings().stream()
                        .filter(one -> one.measure().equals(measure.name()))
                        .map(RatedMeasure::facts)
                        .toList();
    }

    /** The address of the comparisons of two models. */
    public String link(WinsSummary wins) {
        return Address.of(EvaluationPages.COMPARISONS)
                .with("job", job.name())
                .with("measure", wins.measure())
                .with("pair", ComparisonOutline.pair(wins.model(), wins.against()))
                .toString();
    }

    /** The titles of the baselines' columns. */
    public List<String> titles() {
        List<String> names = baselines();
        return names.size() == 1 ? List.of("Baseline") : names;
    }

    /** The names of the baselines. */
    public List<String> baselines() {
        return summary == null
                ? List.of()
                : summary.besides().stream().map(Baseline::against).toList();
    }

    private Address items(String measure) {
        return Address.of(EvaluationPages.ITEMS).with("job", job.name()).with("measure", measure);
    }

    /** The address of all items of a measure. */
    public String link(OfMeasure measure) {
        return items(measure.name()).toString();
    }
}
