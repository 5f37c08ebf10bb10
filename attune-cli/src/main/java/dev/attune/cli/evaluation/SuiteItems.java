package dev.attune.cli.evaluation;

import dev.attune.feedback.evaluation.ComparisonLine;
import dev.attune.feedback.evaluation.Evaluated;
import dev.attune.feedback.evaluation.ItemLine;
import java.util.ArrayList;
import java.util.List;

/** The lines of items.jsonl: what each model answered, and how its answers compare with others. */
final class SuiteItems {
    private SuiteItems() {}

    static List<Record> of(SuiteResult result) {
        List<Record> lines = new ArrayList<>();
        add(result.evaluated(), lines);
        result.baselines().forEach(baseline -> add(baseline.evaluated(), lines));
        result.wins().forEach(wins -> wins.comparisons()
                .forEach(one -> lines.add(new ComparisonLine(wins.model(), wins.against(), wins.measure(), one))));
        return lines;
    }

    private static void add(Evaluated evaluated, List<Record> lines) {
        evaluated.measured().forEach(measured -> measured.items()
                .forEach(item -> lines.add(new ItemLine(evaluated.model(), measured.name(), item))));
    }
}
