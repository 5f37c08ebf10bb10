package dev.attune.cli.evaluation;

import dev.attune.cli.report.JudgeFacts;
import dev.attune.core.stats.Estimate;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.feedback.evaluation.Standings;
import dev.attune.feedback.evaluation.Wins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an evaluation found.
 *
 * @param evaluated the model
 * @param baselines of the same measures in the same order
 * @param wins of all pairs of models under each measure that compares them
 * @param standings of those measures; none for fewer than three models
 * @param rated people's ratings of the model's answers, by measure; none without ratings
 */
public record SuiteResult(
        String suite,
        Evaluated evaluated,
        List<Beside> baselines,
        List<Wins> wins,
        List<Standings> standings,
        List<RatedMeasure> rated) {
    public SuiteResult {
        baselines = List.copyOf(baselines);
        wins = List.copyOf(wins);
        standings = List.copyOf(standings);
        rated = List.copyOf(rated);
    }

    /** Everything but the items, for evaluation.json. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("suite", suite);
        figures.put("model", evaluated.model());
        figures.put("measures", measures(evaluated.measured()));
        if (baselines.size() == 1) {
            figures.putAll(baseline(baselines.get(0)));
        } else if (!baselines.isEmpty()) {
            figures.put(
                    "baselines", baselines.stream().map(SuiteResult::baseline).toList());
        }
        if (!wins.isEmpty()) {
            figures.put("wins", wins.stream().map(WinsFigures::of).toList());
        }
        if (!standings.isEmpty()) {
            figures.put("standings", standings);
        }
        if (!rated.isEmpty()) {
            figures.put("ratings", rated);
        }
        return figures;
    }

    private static Map<String, Object> baseline(Beside beside) {
        Map<String, Object> baseline = new LinkedHashMap<>();
        baseline.put("against", beside.evaluated().model());
        baseline.put("baseline", measures(beside.evaluated().measured()));
        baseline.put("differences", beside.differences());
        return baseline;
    }

    /** The wins of a measure. */
    List<Wins> winsOf(String measure) {
        return wins.stream().filter(one -> one.measure().equals(measure)).toList();
    }

    /** People's ratings in a measure beside the judge's verdicts, as names and texts; empty without ratings. */
    Map<String, String> ratingsOf(String measure) {
        return rated.stream()
                .filter(one -> one.measure().equals(measure))
                .findFirst()
                .map(one -> JudgeFacts.of(one.check(), "harmful, corrected for the judge's errors"))
                .orElse(Map.of());
    }

    /** The standings of a measure; empty for fewer than three models. */
    Optional<Standings> standingsOf(String measure) {
        return standings.stream().filter(one -> one.measure().equals(measure)).findFirst();
    }

    private static List<Map<String, Object>> measures(List<Measured> all) {
        return all.stream()
                .map(one -> {
                    Map<String, Object> measure = new LinkedHashMap<>();
                    measure.put("name", one.name());
                    measure.put("kind", one.kind());
                    measure.put("items", one.items().size());
                    measure.put("readings", one.readings());
                    measure.put("notes", one.notes());
                    return measure;
                })
                .toList();
    }

    /** A value with its interval: shares in percent. */
    static String describe(Reading reading) {
        Estimate estimate = reading.estimate();
        if (estimate == null) {
            return "none";
        }
        double factor = reading.share() ? 100 : 1;
        return number(factor * estimate.value())
                + (reading.share() ? " %" : "")
                + " [" + number(factor * estimate.interval().low()) + ", "
                + number(factor * estimate.interval().high()) + "]";
    }

    /** With one digit after the point. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The unscored answers by reason; empty if there are none. */
    static String unscored(Reading reading) {
        return reading.unscored().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words())
                .collect(Collectors.joining(", "));
    }
}
