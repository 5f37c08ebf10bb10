package dev.attune.cli.evaluation;

import dev.attune.cli.terminal.Table;
import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Reading;
import java.util.List;
import java.util.Optional;

/** The figures of an evaluation as text: a line for each reading over all prompts. */
public final class SuiteTable {
    private SuiteTable() {}

    public static String of(SuiteResult result) {
        Table table = result.against() == null
                ? Table.of("", ">" + "value, 95 % interval", ">prompts", "unscored")
                : Table.of("", ">model", ">baseline", "difference", "unscored");
        StringBuilder notes = new StringBuilder();
        for (int i = 0; i < result.measured().size(); i++) {
            Measured measured = result.measured().get(i);
            line(table, result, measured.name());
            for (Reading reading : measured.readings()) {
                if (reading.category().isEmpty()) {
                    row(table, result, i, reading);
                }
            }
            measured.notes().forEach(note -> notes.append("  ")
                    .append(measured.name())
                    .append(": ")
                    .append(note)
                    .append('\n'));
        }
        return table.toString() + notes;
    }

    /** A line with a name alone. */
    private static void line(Table table, SuiteResult result, String name) {
        if (result.against() == null) {
            table.row(name, "", "", "");
        } else {
            table.row(name, "", "", "", "");
        }
    }

    private static void row(Table table, SuiteResult result, int measure, Reading reading) {
        String label = "  " + label(reading);
        String value = SuiteResult.describe(reading);
        if (result.against() == null) {
            table.row(label, value, prompts(reading), SuiteResult.unscored(reading));
            return;
        }
        Optional<Reading> other = result.baseline().get(measure).reading(reading.name());
        table.row(
                label,
                value,
                other.map(SuiteResult::describe).orElse("none"),
                difference(result.differences(), result.measured().get(measure).name(), reading),
                SuiteResult.unscored(reading));
    }

    /** As people read it. */
    static String label(Reading reading) {
        return reading.name().replace('_', ' ');
    }

    private static String prompts(Reading reading) {
        return reading.estimate() == null
                ? "0"
                : Long.toString(reading.estimate().count());
    }

    static String difference(List<Difference> differences, String measure, Reading reading) {
        return differences.stream()
                .filter(one -> one.measure().equals(measure) && one.reading().equals(reading.name()))
                .findFirst()
                .map(one -> describe(one, reading))
                .orElse("");
    }

    private static String describe(Difference difference, Reading reading) {
        double factor = reading.share() ? 100 : 1;
        double mean = factor * difference.paired().mean();
        return (mean > 0 ? "+" : "") + SuiteResult.number(mean)
                + " [" + SuiteResult.number(factor * difference.paired().bca().low()) + ", "
                + SuiteResult.number(factor * difference.paired().bca().high()) + "]"
                + (difference.verdict().isEmpty() ? "" : " " + difference.verdict());
    }
}
