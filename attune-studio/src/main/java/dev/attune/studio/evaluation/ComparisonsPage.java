package dev.attune.studio.evaluation;

import dev.attune.feedback.evaluation.Comparison.Outcome;
import dev.attune.feedback.evaluation.ComparisonLine;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Arrays;
import java.util.List;

/**
 * The comparisons of a measure: both answers, and what the judge said in each order.
 *
 * @param pairs of models that are compared
 * @param pair chosen of them; empty lets all pass
 * @param outcome chosen; empty lets all pass
 */
public record ComparisonsPage(
        FoundJob job,
        String measure,
        List<String> pairs,
        String pair,
        String outcome,
        Paging paging,
        List<ComparisonLine> comparisons) {
    /** What a comparison is for the first model. */
    public static final List<String> OUTCOMES =
            Arrays.stream(Outcome.values()).map(Outcome::words).toList();

    private static final int SIZE = 20;

    static ComparisonsPage of(Context context, FoundJob job, LineIndex<ComparisonLine, ComparisonOutline> lines) {
        String measure = Forms.query(context, "measure", "");
        List<String> pairs = lines.outlines().stream()
                .filter(line -> line.measure().equals(measure))
                .map(ComparisonOutline::pair)
                .distinct()
                .toList();
        if (pairs.isEmpty()) {
            throw new NotFoundResponse("There is no such measure that compares models.");
        }
        String pair = Forms.choice(context, "pair", pairs);
        String outcome = Forms.choice(context, "outcome", OUTCOMES);
        List<Integer> found = lines.where(line -> line.measure().equals(measure)
                && (pair.isEmpty() || line.pair().equals(pair))
                && (outcome.isEmpty() || line.outcome().equals(outcome)));
        Address address = Address.of(EvaluationPages.COMPARISONS)
                .with("job", job.name())
                .with("measure", measure)
                .with("pair", pair)
                .with("outcome", outcome);
        Paging paging = Paging.of(context, address, SIZE, found.size());
        return new ComparisonsPage(
                job,
                measure,
                pairs,
                pair,
                outcome,
                paging,
                paging.of(found).stream().map(lines::read).toList());
    }
}
