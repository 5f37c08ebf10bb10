package dev.attune.studio.evaluation;

import dev.attune.core.chart.Html;
import dev.attune.feedback.evaluation.EvaluationSummary;
import dev.attune.feedback.evaluation.EvaluationSummary.OfMeasure;
import dev.attune.feedback.evaluation.Item;
import dev.attune.feedback.evaluation.ItemLine;
import dev.attune.feedback.evaluation.Reading;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The prompts of a measure with answers and verdicts.
 *
 * @param readings of the measure, by name
 * @param categories of its prompts
 * @param differing prompts on which the models differ
 */
public record ItemsPage(
        FoundJob job,
        EvaluationSummary summary,
        OfMeasure measure,
        Filter filter,
        List<String> readings,
        List<String> categories,
        int differing,
        Paging paging,
        List<Shown> items) {
    /** What a reading says of an item. */
    public static final List<String> OUTCOMES = List.of("yes", "no", "between", "unscored");

    private static final int SIZE = 20;

    /** Which items are shown; empty values let all pass. */
    public record Filter(String reading, String category, String outcome) {
        private boolean passes(ItemOutline item) {
            return item.counts(reading)
                    && (category.isEmpty() || category.equals(item.category()))
                    && (outcome.isEmpty() || reading.isEmpty() || outcome.equals(item.outcome(reading)));
        }

        private Address on(Address page) {
            return page.with("reading", reading).with("category", category).with("outcome", outcome);
        }
    }

    /**
     * A prompt with an answer of each model.
     *
     * @param lines of the model, and of the baselines that answered
     */
    public record Shown(List<ItemLine> lines, boolean differs) {
        /** The model's item. */
        public Item item() {
            return lines.get(0).item();
        }

        /** File and line of the prompt. */
        public String place() {
            return item().place().substring(item().place().lastIndexOf('/') + 1);
        }

        /** The values of an item in words. */
        public static String values(Item item) {
            return item.values().entrySet().stream()
                    .map(entry -> entry.getKey().replace('_', ' ') + " " + Html.number(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }

    static ItemsPage of(Context context, FoundJob job, LineIndex<ItemLine, ItemOutline> lines) {
        EvaluationSummary summary = job.summary(EvaluationSummary.class)
                .orElseThrow(() -> new NotFoundResponse("The evaluation is not finished."));
        OfMeasure measure = measure(context, summary);
        List<String> readings = distinct(measure, Reading::name);
        List<String> categories = distinct(measure, Reading::category);
        Filter filter = new Filter(
                Forms.choice(context, "reading", readings),
                Forms.choice(context, "category", categories),
                Forms.choice(context, "outcome", OUTCOMES));
        List<ItemPairs.Pair> found = new ItemPairs(lines, filter.reading()).of(measure.name(), filter::passes);
        Address address =
                Address.of(EvaluationPages.ITEMS).with("job", job.name()).with("measure", measure.name());
        Paging paging = Paging.of(context, filter.on(address), SIZE, found.size());
        return new ItemsPage(
                job,
                summary,
                measure,
                filter,
                readings,
                categories,
                (int) found.stream().filter(ItemPairs.Pair::differs).count(),
                paging,
                paging.of(found).stream().map(pair -> shown(pair, lines)).toList());
    }

    private static OfMeasure measure(Context context, EvaluationSummary summary) {
        return summary.measures().stream()
                .filter(one -> one.name().equals(context.queryParam("measure")))
                .findFirst()
                .orElseThrow(() -> new NotFoundResponse("There is no such measure."));
    }

    private static List<String> distinct(OfMeasure measure, Function<Reading, String> value) {
        return measure.readings().stream()
                .map(value)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
    }

    private static Shown shown(ItemPairs.Pair pair, LineIndex<ItemLine, ItemOutline> lines) {
        return new Shown(pair.lines().stream().map(lines::read).toList(), pair.differs());
    }
}
