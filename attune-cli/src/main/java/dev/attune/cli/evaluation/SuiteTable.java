package dev.attune.cli.evaluation;

import dev.attune.cli.terminal.Table;
import dev.attune.feedback.evaluation.Difference;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.feedback.evaluation.Wins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of an evaluation as text: a line for each reading over all prompts, then the models against each other. */
public final class SuiteTable {
    private final SuiteResult result;
    private final StringBuilder notes = new StringBuilder();

    private SuiteTable(SuiteResult result) {
        this.result = result;
    }

    public static String of(SuiteResult result) {
        return new SuiteTable(result).text();
    }

    private String text() {
        String readings = readings();
        String compared = compared();
        return readings + compared + notes;
    }

    private String readings() {
        Table table = Table.of(titles(result, baselines(result)).toArray(String[]::new));
        for (Measured measured : result.evaluated().measured()) {
            table.row(named(measured.name()).toArray());
            for (Reading reading : measured.readings()) {
                if (reading.category().isEmpty()) {
                    List<String> cells = cells(result, measured, reading);
                    cells.set(0, "  " + cells.get(0));
                    table.row(cells.toArray());
                }
            }
            note(measured.name(), measured.notes());
        }
        return table.toString();
    }

    /** A line with a name alone. */
    private List<String> named(String name) {
        List<String> cells = new ArrayList<>(
                Collections.nCopies(titles(result, baselines(result)).size(), ""));
        cells.set(0, name);
        return cells;
    }

    private void note(String name, List<String> lines) {
        lines.forEach(line ->
                notes.append("  ").append(name).append(": ").append(line).append('\n'));
    }

    private String compared() {
        StringBuilder text = new StringBuilder();
        for (Measured measured : result.evaluated().measured()) {
            List<List<String>> ratings = result.ratingsOf(measured.name()).entrySet().stream()
                    .map(fact -> List.of(fact.getKey(), fact.getValue()))
                    .toList();
            add(text, "people's ratings and the judge, " + measured.name(), List.of("", ""), ratings);
            List<Wins> wins = result.winsOf(measured.name());
            add(
                    text,
                    "win rates, " + measured.name(),
                    WinsFigures.TITLES,
                    wins.stream().map(WinsFigures::row).toList());
            add(text, "both orders, " + measured.name(), WinsFigures.ORDERS, WinsFigures.orders(wins));
            wins.forEach(one -> note(
                    one.measure() + ", " + one.model() + " against " + one.against(),
                    one.figures().notes()));
            result.standingsOf(measured.name()).ifPresent(standings -> {
                add(text, "Bradley-Terry, " + measured.name(), WinsFigures.STANDINGS, WinsFigures.rows(standings));
                note(standings.measure(), standings.notes());
            });
        }
        return text.toString();
    }

    /** A table under its name; nothing without rows. */
    private static void add(StringBuilder text, String name, List<String> titles, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            Table table = Table.of(titles.toArray(String[]::new));
            rows.forEach(row -> table.row(row.toArray()));
            text.append('\n').append(name).append('\n').append(table);
        }
    }

    /** What the columns of baselines are called: by number if there are several. */
    private static List<String> baselines(SuiteResult result) {
        int count = result.baselines().size();
        return count == 1
                ? List.of("baseline")
                : IntStream.range(0, count).mapToObj(i -> "baseline " + (i + 1)).toList();
    }

    /** @param baselines the titles of their columns */
    static List<String> titles(SuiteResult result, List<String> baselines) {
        if (result.baselines().isEmpty()) {
            return List.of("", ">value, 95 % interval", ">prompts", "unscored");
        }
        List<String> titles = new ArrayList<>(List.of("", ">model"));
        baselines.forEach(name -> titles.addAll(List.of(">" + name, "difference")));
        titles.add("unscored");
        return titles;
    }

    /** A reading of the model, beside those of the baselines. */
    static List<String> cells(SuiteResult result, Measured measured, Reading reading) {
        List<String> cells = new ArrayList<>(List.of(reading.label(), reading.describe()));
        if (result.baselines().isEmpty()) {
            cells.add(prompts(reading));
        }
        for (Beside baseline : result.baselines()) {
            Measured theirs = baseline.evaluated().in(measured.name());
            cells.add(theirs.reading(reading.name()).map(Reading::describe).orElse("none"));
            cells.add(difference(baseline.differences(), measured.name(), reading));
        }
        cells.add(reading.describeUnscored());
        return cells;
    }

    private static String prompts(Reading reading) {
        return reading.estimate() == null
                ? "0"
                : Long.toString(reading.estimate().count());
    }

    private static String difference(List<Difference> differences, String measure, Reading reading) {
        return differences.stream()
                .filter(one -> one.measure().equals(measure) && one.reading().equals(reading.name()))
                .findFirst()
                .map(one -> one.describe(reading))
                .orElse("");
    }
}
