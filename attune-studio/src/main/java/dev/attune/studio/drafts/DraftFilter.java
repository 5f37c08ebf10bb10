package dev.attune.studio.drafts;

import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFault;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Forms;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which answers are shown; empty values let all pass.
 *
 * @param refused {@code yes} or {@code no}
 */
public record DraftFilter(String stop, String principle, String fault, String refused) {
    public static final List<String> STOPS = names(RevisedAnswer.Stop.values());
    public static final List<String> FAULTS = names(RevisionFault.values());
    public static final List<String> REFUSED = List.of("yes", "no");

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(DraftFilter::name).toList();
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The filter of a request. */
    static DraftFilter of(Context context) {
        return new DraftFilter(
                Forms.choice(context, "stop", STOPS),
                Forms.query(context, "principle", ""),
                Forms.choice(context, "fault", FAULTS),
                Forms.choice(context, "refused", REFUSED));
    }

    /** The numbers of the answers that pass. */
    List<Integer> of(LineIndex<RevisedAnswer, DraftOutline> drafts) {
        List<Integer> found = drafts.where(this::passes);
        return refused.isEmpty()
                ? found
                : found.parallelStream()
                        .filter(number ->
                                drafts.outline(number).refused(() -> drafts.read(number)) == refused.equals("yes"))
                        .toList();
    }

    /** Whether an answer passes all but {@code refused}. */
    private boolean passes(DraftOutline outline) {
        return (stop.isEmpty() || stop.equals(name(outline.stop())))
                && (principle.isEmpty() || outline.principles().contains(principle))
                && (fault.isEmpty()
                        || outline.faults().stream().anyMatch(one -> name(one).equals(fault)));
    }

    Address on(Address page) {
        return page.with("stop", stop)
                .with("principle", principle)
                .with("fault", fault)
                .with("refused", refused);
    }
}
