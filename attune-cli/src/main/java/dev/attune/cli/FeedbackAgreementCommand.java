package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.terminal.Table;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.quality.Agreement;
import dev.attune.core.stats.quality.UnlinkedRankings;
import dev.attune.feedback.quality.TestQuestions;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune feedback agreement}: the agreement of labelers. */
@Command(
        name = "agreement",
        description = {
            "Measure the agreement of labelers, by criterion, over pairs of completions that several labelers ranked. For a"
                    + " project these are the figures of its page Quality, without test questions.",
            "agreement: share of comparisons in which two labelers agree; alpha: Krippendorff's alpha, 0 for chance and 1 for"
                    + " full agreement; W: Kendall's W. Intervals: 95 %%, bootstrap over tasks."
        },
        footer = {
            "",
            "Examples:",
            "  attune feedback agreement --project \"Kind answers\"",
            "  attune feedback agreement rankings.jsonl --json"
        })
final class FeedbackAgreementCommand extends BaseCommand {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Data file with rankings, instead of --project.")
    private @Nullable Path file;

    @Option(names = "--project", paramLabel = "NAME", description = "Project of the database, instead of FILE.")
    private @Nullable String name;

    @Option(
            names = "--json",
            description = "Print {criteria: [{criterion, agreement, agreement_interval, alpha, ...}]}.")
    private boolean json;

    @Mixin
    private DatabaseOption database;

    @Override
    protected int run() {
        List<Agreement> criteria = agreement();
        if (json) {
            json(Map.of(
                    "criteria",
                    criteria.stream().map(FeedbackAgreementCommand::asJson).toList()));
        } else {
            out().print(table(criteria));
        }
        return 0;
    }

    private List<Agreement> agreement() {
        if ((file == null) == (name == null)) {
            throw BadInputException.at(
                    "attune feedback agreement",
                    file == null ? "neither a file nor --project" : "a file and --project",
                    "one of the two",
                    "name one");
        }
        if (file != null) {
            Dataset data = Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL));
            return Agreement.of(UnlinkedRankings.given(data.rankings()), List.of());
        }
        try (Store store = Store.open(database.existing())) {
            String project =
                    FeedbackCommand.project(store, String.valueOf(name)).id();
            return Agreement.of(new Rankings(store).given(project), new TestQuestions(store).known(project));
        }
    }

    private static Table table(List<Agreement> criteria) {
        Table table = Table.of("criterion", ">rankings", ">labelers", ">comparisons", "agreement", "alpha", "W");
        for (Agreement one : criteria) {
            table.row(
                    one.criterion(),
                    one.rankings(),
                    one.labelers(),
                    one.comparisons(),
                    text(one.agreement()),
                    text(one.alpha()),
                    text(one.concordance()));
        }
        return table;
    }

    private static String text(Optional<Estimate> figure) {
        return figure.map(Estimate::describe).orElse("-");
    }

    private static Map<String, @Nullable Object> asJson(Agreement one) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("criterion", one.criterion());
        result.put("rankings", one.rankings());
        result.put("labelers", one.labelers());
        result.put("tasks", one.agreement().map(Estimate::count).orElse(0L));
        result.put("comparisons", one.comparisons());
        put(result, "agreement", one.agreement());
        put(result, "alpha", one.alpha());
        put(result, "w", one.concordance());
        return result;
    }

    private static void put(Map<String, @Nullable Object> result, String name, Optional<Estimate> figure) {
        result.put(name, figure.map(Estimate::value).orElse(null));
        result.put(
                name + "_interval",
                figure.map(known ->
                                List.of(known.interval().low(), known.interval().high()))
                        .orElse(null));
    }
}
