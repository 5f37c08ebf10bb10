package dev.attune.cli;

import dev.attune.cli.terminal.Table;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.CriterionAgreement;
import dev.attune.core.stats.Estimate;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune feedback agreement}: whether labelers say the same. */
@Command(
        name = "agreement",
        description = {
            "How much labelers agree, by criterion, over the pairs of completions that several of them ranked.",
            "agreement: the share of comparisons in which two labelers say the same; alpha: Krippendorff's, 0 where it is"
                    + " chance and 1 where it is full; W: Kendall's concordance. Intervals (95 %) are from drawing prompts anew."
        },
        footer = {
            "",
            "Examples:",
            "  attune feedback agreement --project \"Kind answers\"",
            "  attune feedback agreement rankings.jsonl --json"
        })
final class FeedbackAgreementCommand extends BaseCommand {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Rankings; left out where --project is given.")
    private @Nullable Path file;

    @Option(names = "--project", paramLabel = "NAME", description = "The project, where no FILE is given.")
    private @Nullable String name;

    @Option(names = "--seed", defaultValue = "1", description = "Of the intervals (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--json",
            description = "Print {criteria: [{criterion, agreement, agreement_interval, alpha, ...}]}.")
    private boolean json;

    @Mixin
    private DatabaseOption database;

    @Override
    protected int run() {
        List<CriterionAgreement> criteria = CriterionAgreement.of(rankings(), seed);
        if (json) {
            json(Map.of(
                    "criteria",
                    criteria.stream().map(FeedbackAgreementCommand::asJson).toList()));
        } else {
            out().print(table(criteria));
        }
        return 0;
    }

    private List<Ranking> rankings() {
        if ((file == null) == (name == null)) {
            throw BadInputException.at(
                    "attune feedback agreement",
                    file == null ? "neither a file nor --project" : "a file and --project",
                    "one of the two",
                    "name one");
        }
        if (file != null) {
            return Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL))
                    .rankings();
        }
        try (Store store = Store.open(database.existing())) {
            return new Rankings(store)
                    .of(FeedbackCommand.project(store, String.valueOf(name)).id());
        }
    }

    private static Table table(List<CriterionAgreement> criteria) {
        Table table = Table.of("criterion", ">rankings", ">labelers", ">comparisons", "agreement", "alpha", "W");
        for (CriterionAgreement one : criteria) {
            table.row(
                    one.criterion(),
                    one.rankings(),
                    one.labelers(),
                    one.comparisons(),
                    text(one.agreement()),
                    text(one.alpha()),
                    text(one.w()));
        }
        return table;
    }

    private static String text(@Nullable Estimate figure) {
        return figure == null ? "-" : figure.describe();
    }

    private static Map<String, @Nullable Object> asJson(CriterionAgreement one) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("criterion", one.criterion());
        result.put("rankings", one.rankings());
        result.put("labelers", one.labelers());
        result.put("prompts", one.prompts());
        result.put("comparisons", one.comparisons());
        put(result, "agreement", one.agreement());
        put(result, "alpha", one.alpha());
        put(result, "w", one.w());
        return result;
    }

    private static void put(Map<String, @Nullable Object> result, String name, @Nullable Estimate figure) {
        result.put(name, figure == null ? null : figure.value());
        result.put(
                name + "_interval",
                figure == null
                        ? null
                        : List.of(figure.interval().low(), figure.interval().high()));
    }
}
