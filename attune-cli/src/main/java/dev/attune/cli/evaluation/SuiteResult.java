package dev.attune.cli.evaluation;

import dev.attune.core.stats.Estimate;
import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found.
 *
 * @param against the baseline's name, or null
 * @param baseline of the same measures in the same order; empty without a baseline
 */
public record SuiteResult(
        String suite,
        String model,
        @Nullable String against,
        List<Measured> measured,
        List<Measured> baseline,
        List<Difference> differences) {
    public SuiteResult {
        measured = List.copyOf(measured);
        baseline = List.copyOf(baseline);
        differences = List.copyOf(differences);
    }

    /** Everything but the items, for evaluation.json. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("suite", suite);
        figures.put("model", model);
        figures.put("measures", measures(measured));
        if (against != null) {
            figures.put("against", against);
            figures.put("baseline", measures(baseline));
            figures.put("differences", differences);
        }
        return figures;
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
