package dev.attune.cli.evaluation;

import dev.attune.feedback.evaluation.Comparison;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.Item;
import java.util.ArrayList;
import java.util.List;

/** The lines of items.jsonl: what each model answered, and how its answers compare with others. */
final class SuiteItems {
    private SuiteItems() {}

    private record Answered(String model, String measure, Item item) {}

    private record Compared(String model, String against, String measure, Comparison comparison) {}

    static List<Record> of(SuiteResult result) {
        List<Record> lines = new ArrayList<>();
        add(result.evaluated(), lines);
        result.baselines().forEach(baseline -> add(baseline.evaluated(), lines));
        result.wins().forEach(wins -> wins.comparisons()
                .forEach(one -> lines.add(new Compared(wins.model(), wins.against(), wins.measure(), one))));
        return lines;
    }

    private static void add(Evaluated evaluated, List<Record> lines) {
        evaluated.measured().forEach(measured -> measured.items()
                .forEach(item -> lines.add(new Answered(evaluated.model(), measured.name(), item))));
    }
}
