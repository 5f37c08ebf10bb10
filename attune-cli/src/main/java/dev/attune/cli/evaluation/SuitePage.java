package dev.attune.cli.evaluation;

import dev.attune.cli.report.Page;
import dev.attune.cli.report.SideBySide;
import dev.attune.feedback.evaluation.Item;
import dev.attune.feedback.evaluation.Measured;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.feedback.evaluation.Wins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page of an evaluation: figures first, and below each measure its prompts, answers and verdicts. */
final class SuitePage {
    private final SuiteResult result;

    private SuitePage(SuiteResult result) {
        this.result = result;
    }

    static Page of(SuiteResult result) {
        return new SuitePage(result).page();
    }

    private Page page() {
        Page page = new Page("Evaluation", result.evaluated().model(), summary());
        result.evaluated().measured().forEach(measured -> add(page, measured));
        return page;
    }

    private String summary() {
        String beside = result.baselines().isEmpty()
                ? ""
                : result.baselines().stream()
                        .map(one -> one.evaluated().model())
                        .collect(Collectors.joining(", ", ", beside ", ""));
        return "Suite " + result.suite() + beside
                + ". Shares with 95 % intervals; answers without a verdict are counted"
                + " beside them and are in no share. Open a line of prompts to see every answer and verdict.";
    }

    private void add(Page page, Measured measured) {
        page.section(measured.name(), String.join("; ", measured.notes()));
        figures(page, measured);
        categories(page, measured);
        Map<String, String> ratings = result.ratingsOf(measured.name());
        if (!ratings.isEmpty()) {
            page.heading("people's ratings and the judge").facts(ratings);
        }
        List<Wins> wins = result.winsOf(measured.name());
        if (wins.isEmpty()) {
            items(page, measured);
        } else {
            result.standingsOf(measured.name()).ifPresent(standings -> WinsSection.add(page, standings));
            WinsSection.add(page, wins);
        }
    }

    private void items(Page page, Measured measured) {
        List<Map<String, Item>> others = result.baselines().stream()
                .map(one -> one.evaluated().in(measured.name()).items().stream()
                        .collect(Collectors.toMap(SuitePage::key, Function.identity())))
                .toList();
        byVerdict(measured)
                .forEach((verdict, items) -> page.folded(
                        verdict + ": " + items.size(),
                        items.stream().map(item -> sample(item, others)).toList()));
    }

    private void figures(Page page, Measured measured) {
        List<List<String>> rows = measured.readings().stream()
                .filter(reading -> reading.category().isEmpty())
                .map(reading -> SuiteTable.cells(result, measured, reading))
                .toList();
        List<String> names =
                result.baselines().stream().map(one -> one.evaluated().model()).toList();
        page.table(SuiteTable.titles(result, names.size() == 1 ? List.of("baseline") : names), rows);
    }

    /** A row for each category of the model's prompts, a column for each reading; nothing without categories. */
    private static void categories(Page page, Measured measured) {
        List<Reading> readings = measured.readings().stream()
                .filter(reading -> !reading.category().isEmpty())
                .toList();
        if (readings.isEmpty()) {
            return;
        }
        List<String> names = readings.stream().map(Reading::name).distinct().toList();
        List<String> titles = new ArrayList<>(List.of("category"));
        names.forEach(name -> titles.add(">" + name.replace('_', ' ')));
        List<List<String>> rows = new ArrayList<>();
        for (String category :
                readings.stream().map(Reading::category).distinct().toList()) {
            List<String> row = new ArrayList<>(List.of(category));
            names.forEach(name -> row.add(readings.stream()
                    .filter(reading ->
                            reading.name().equals(name) && reading.category().equals(category))
                    .map(Reading::describe)
                    .findFirst()
                    .orElse("none")));
            rows.add(row);
        }
        page.heading("by category").table(titles, rows);
    }

    /** The items by the first words of their verdict, which are the same for all with numbers in them. */
    private static Map<String, List<Item>> byVerdict(Measured measured) {
        return measured.items().stream()
                .collect(Collectors.groupingBy(
                        item -> item.answer().isEmpty() && !measured.kind().equals("requests")
                                ? "prompts"
                                : item.verdict().replaceFirst("[,:].*", ""),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static String key(Item item) {
        return item.place() + " " + item.sample();
    }

    /** @param others the items of each baseline */
    private SideBySide sample(Item item, List<Map<String, Item>> others) {
        List<SideBySide.Answer> answers = new ArrayList<>();
        answers.add(answer(result.evaluated().model(), item));
        for (int i = 0; i < others.size(); i++) {
            Item other = others.get(i).get(key(item));
            if (other != null) {
                answers.add(answer(result.baselines().get(i).evaluated().model(), other));
            }
        }
        return new SideBySide(item.asked(), answers);
    }

    private static SideBySide.Answer answer(String by, Item item) {
        return new SideBySide.Answer(
                by, item.answer(), List.of(new SideBySide.Tag(item.verdict(), SideBySide.Kind.PLAIN)));
    }
}
