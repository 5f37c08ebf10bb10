package dev.attune.feedback.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What evaluation.json holds: everything but the items. One baseline is in {@code against}, {@code baseline} and
 * {@code differences}, several are in {@code baselines}; {@link #besides} has both.
 *
 * @param against the baseline's name; null without a baseline, or with several
 * @param baseline of the same measures in the same order; null likewise
 * @param differences of the model minus the baseline; null likewise
 * @param baselines several; empty if there is one or none
 * @param wins of all pairs of models under each measure that compares them
 * @param standings of those measures; empty for fewer than three models
 * @param ratings people's, of the model's answers; empty without them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationSummary(
        String suite,
        String model,
        List<OfMeasure> measures,
        @Nullable String against,
        @Nullable List<OfMeasure> baseline,
        @Nullable List<Difference> differences,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Baseline> baselines,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WinsSummary> wins,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Standings> standings,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RatedMeasure> ratings) {
    public EvaluationSummary {
        baselines = given(baselines);
        wins = given(wins);
        standings = given(standings);
        ratings = given(ratings);
    }

    /** A list that was left out of the file is null. */
    private static <T> List<T> given(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    /** The file with the answers of a baseline beside it, by the baseline's number from 0. */
    public static String baselineAnswers(int baseline) {
        return baseline == 0 ? "baseline-answers.jsonl" : "baseline-" + (baseline + 1) + "-answers.jsonl";
    }

    /** Everything but the items of what a model and its baselines reached. */
    public static EvaluationSummary of(
            String suite,
            Evaluated model,
            List<Baseline> baselines,
            List<WinsSummary> wins,
            List<Standings> standings,
            List<RatedMeasure> ratings) {
        Baseline one = baselines.size() == 1 ? baselines.get(0) : null;
        return new EvaluationSummary(
                suite,
                model.model(),
                OfMeasure.all(model),
                one == null ? null : one.against(),
                one == null ? null : one.baseline(),
                one == null ? null : one.differences(),
                one == null ? baselines : List.of(),
                wins,
                standings,
                ratings);
    }

    /**
     * The figures of a measure.
     *
     * @param items number of its items
     * @param readings over all prompts first, then by category
     * @param notes on the readings, a line each
     */
    public record OfMeasure(String name, String kind, int items, List<Reading> readings, List<String> notes) {
        private static List<OfMeasure> all(Evaluated evaluated) {
            return evaluated.measured().stream().map(OfMeasure::of).toList();
        }

        private static OfMeasure of(Measured measured) {
            return new OfMeasure(
                    measured.name(), measured.kind(), measured.items().size(), measured.readings(), measured.notes());
        }

        /** A reading of a category; of all prompts if the category is empty. */
        public Optional<Reading> reading(String reading, String category) {
            return readings.stream()
                    .filter(one -> one.name().equals(reading) && one.category().equals(category))
                    .findFirst();
        }
    }

    /**
     * A baseline.
     *
     * @param against its name
     * @param baseline what it reached, of the same measures in the same order
     * @param differences of the model minus the baseline
     */
    public record Baseline(String against, List<OfMeasure> baseline, List<Difference> differences) {
        /** The figures of what a baseline reached. */
        public static Baseline of(Evaluated evaluated, List<Difference> differences) {
            return new Baseline(evaluated.model(), OfMeasure.all(evaluated), differences);
        }

        /** What it reached in a measure. */
        public Optional<OfMeasure> in(String measure) {
            return baseline.stream().filter(one -> one.name().equals(measure)).findFirst();
        }

        /** The difference of a reading over all prompts; empty without one. */
        public Optional<Difference> difference(String measure, String reading) {
            return differences.stream()
                    .filter(one ->
                            one.measure().equals(measure) && one.reading().equals(reading))
                    .findFirst();
        }
    }

    /** The baselines in order, however many there are. */
    public List<Baseline> besides() {
        return against == null || baseline == null || differences == null
                ? baselines
                : List.of(new Baseline(against, baseline, differences));
    }
}
