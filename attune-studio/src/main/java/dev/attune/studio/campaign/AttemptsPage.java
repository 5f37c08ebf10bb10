package dev.attune.studio.campaign;

import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.feedback.redteam.Family;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The attempts of a campaign.
 *
 * @param filter what is shown
 * @param categories that occur
 * @param families that occur
 */
public record AttemptsPage(
        FoundJob job, Filter filter, List<String> categories, List<String> families, Paging paging, List<Line> lines) {
    public static final List<String> HELD_OUT = List.of("yes", "no");

    private static final int SIZE = 50;

    /**
     * Which attempts are shown; empty values let all pass.
     *
     * @param heldOut {@code yes} or {@code no}
     * @param held the families that are held out
     */
    public record Filter(String outcome, String category, String family, String heldOut, List<Family> held) {
        private static Filter of(Context context, FoundJob job) {
            return new Filter(
                    Forms.choice(context, "outcome", Outcome.NAMES),
                    Forms.query(context, "category", ""),
                    Forms.query(context, "family", ""),
                    Forms.choice(context, "held_out", HELD_OUT),
                    CampaignFiles.settings(job).map(CampaignSettings::holdOut).orElse(List.of()));
        }

        private boolean passes(AttemptOutcome attempt) {
            return (outcome.isEmpty()
                            || outcome.equals(Outcome.of(attempt.score()).configName()))
                    && (category.isEmpty() || category.equals(attempt.category()))
                    && (family.isEmpty() || family.equals(attempt.family().configName()))
                    && (heldOut.isEmpty() || heldOut.equals("yes") == held.contains(attempt.family()));
        }

        private Address on(Address page) {
            return page.with("outcome", outcome)
                    .with("category", category)
                    .with("family", family)
                    .with("held_out", heldOut);
        }
    }

    /** An attempt in the list. */
    public record Line(Attempt attempt, Outcome outcome, String link) {}

    static AttemptsPage of(Context context, FoundJob job, LineIndex<Attempt, AttemptOutcome> attempts) {
        Filter filter = Filter.of(context, job);
        List<Integer> found = attempts.where(filter::passes);
        Address address = filter.on(Address.of(CampaignPages.ATTEMPTS).with("job", job.name()));
        Paging paging = Paging.of(context, address, SIZE, found.size());
        return new AttemptsPage(
                job,
                filter,
                distinct(attempts, AttemptOutcome::category),
                distinct(attempts, attempt -> attempt.family().configName()),
                paging,
                paging.of(found).stream()
                        .map(attempts::read)
                        .map(attempt ->
                                new Line(attempt, Outcome.of(attempt.score()), AttemptPage.link(job, attempt.id())))
                        .toList());
    }

    private static List<String> distinct(
            LineIndex<Attempt, AttemptOutcome> attempts, Function<AttemptOutcome, String> value) {
        return List.copyOf(new TreeSet<>(attempts.outlines().stream().map(value).toList()));
    }
}
