package dev.attune.feedback.evaluation;

import java.util.List;

/**
 * How often a model's answers are better than another's.
 *
 * @param comparisons one per prompt, from which the figures come
 */
public record Wins(WinsSummary figures, List<Comparison> comparisons) {
    public Wins {
        comparisons = List.copyOf(comparisons);
    }

    /** @param before notes that come first */
    static Wins of(String measure, String model, String against, List<Comparison> comparisons, List<String> before) {
        return new Wins(WinsSummary.of(measure, model, against, comparisons, before), comparisons);
    }

    /** The name of the measure. */
    public String measure() {
        return figures.measure();
    }

    public String model() {
        return figures.model();
    }

    public String against() {
        return figures.against();
    }
}
