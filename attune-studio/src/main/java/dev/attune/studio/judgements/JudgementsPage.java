package dev.attune.studio.judgements;

import dev.attune.core.chart.Html;
import dev.attune.feedback.annotation.AnnotationSummary;
import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.judge.JudgementLine;
import dev.attune.feedback.judge.PairReport;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The judgements of a job.
 *
 * @param summary null while the job works
 * @param filter what is shown
 * @param questions that were asked, which principles ask
 * @param pairs that are to be judged; 0 if the job did not keep them
 * @param judged judgements so far
 * @param counts judgements by the agreement of both orders
 */
public record JudgementsPage(
        FoundJob job,
        @Nullable AnnotationSummary summary,
        Filter filter,
        List<String> questions,
        int pairs,
        int judged,
        int unreadable,
        Map<String, Long> counts,
        Paging paging,
        List<JudgementView> judgements) {
    /** Whether both orders agree, as addresses have it. */
    public static final List<String> ORDERS = JudgementOutline.ORDERS;

    private static final int SIZE = 20;

    /** Which judgements are shown; empty values let all pass. */
    public record Filter(String order, String question) {
        private boolean passes(JudgementOutline outline) {
            return (order.isEmpty() || order.equals(outline.order()))
                    && (question.isEmpty() || question.equals(outline.question()));
        }

        private Address on(Address page) {
            return page.with("order", order).with("question", question);
        }
    }

    static JudgementsPage of(
            Context context,
            FoundJob job,
            LineIndex<JudgementLine, JudgementOutline> judgements,
            LineIndex<PairLine, String> pairs) {
        Filter filter = new Filter(Forms.choice(context, "order", ORDERS), Forms.query(context, "question", ""));
        List<Integer> found = judgements.where(filter::passes);
        Paging paging = Paging.of(context, filter.on(job.page()), SIZE, found.size());
        Map<String, Integer> places = places(pairs);
        return new JudgementsPage(
                job,
                job.summary(AnnotationSummary.class).orElse(null),
                filter,
                judgements.outlines().stream()
                        .map(JudgementOutline::question)
                        .distinct()
                        .toList(),
                pairs.size(),
                judgements.size(),
                judgements.unreadable(),
                judgements.outlines().stream()
                        .collect(Collectors.groupingBy(JudgementOutline::order, Collectors.counting())),
                paging,
                paging.of(found).stream()
                        .map(number -> view(judgements.read(number), judgements.outline(number), places, pairs))
                        .toList());
    }

    private static Map<String, Integer> places(LineIndex<PairLine, String> pairs) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            places.put(pairs.outline(i), i);
        }
        return places;
    }

    private static JudgementView view(
            JudgementLine line,
            JudgementOutline outline,
            Map<String, Integer> places,
            LineIndex<PairLine, String> pairs) {
        Integer place = places.get(line.item());
        return new JudgementView(line, place == null ? null : pairs.read(place), outline.order());
    }

    /** How many judgements have this agreement of both orders. */
    public long count(String order) {
        return counts.getOrDefault(order, 0L);
    }

    /** The judgements with this agreement of both orders. */
    public String link(String order) {
        return job.page().with("order", order).toString();
    }

    /** An agreement of both orders, for people. */
    public static String words(String order) {
        return switch (order) {
            case "consistent" -> "same side in both orders";
            case "half" -> "a tie in one order";
            case "inconsistent" -> "turned with the order";
            default -> order;
        };
    }

    public static String turned(PairReport report) {
        return percent(report.inconsistentShare());
    }

    public static String percent(OptionalDouble share) {
        return share.isPresent() ? Html.percent(share.getAsDouble()) : "none";
    }

    public static String number(OptionalDouble value) {
        return value.isPresent() ? Html.number(value.getAsDouble()) : "none";
    }
}
