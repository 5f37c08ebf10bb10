package dev.attune.studio.campaign;

import dev.attune.core.stats.Estimate;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.feedback.redteam.CampaignFigures;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.feedback.redteam.Family;
import dev.attune.feedback.redteam.Finding;
import dev.attune.feedback.redteam.RedteamSummary;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Address;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign: figures, ratings and findings.
 *
 * @param settings null if the recipe cannot be read
 * @param figures of all attempts so far
 * @param tables by category and family; held-out families have a table of their own
 * @param findings of this page
 */
public record CampaignPage(
        FoundJob job,
        @Nullable CampaignSettings settings,
        CampaignFigures figures,
        List<SuccessTable> tables,
        RatedSample ratings,
        int unreadable,
        Paging paging,
        List<Finding> findings) {
    private static final int SIZE = 25;

    static CampaignPage of(Context context, FoundJob job, CampaignFiles files) {
        var attempts = files.attempts(job);
        List<AttemptOutcome> outcomes = attempts.outlines();
        CampaignSettings settings = CampaignFiles.settings(job).orElse(null);
        LineIndex<Finding, Integer> findings = files.findings(job);
        Paging paging = Paging.of(context, job.page(), SIZE, findings.size());
        return new CampaignPage(
                job,
                settings,
                CampaignFigures.ofOutcomes(outcomes),
                tables(job, settings == null ? List.of() : settings.holdOut(), outcomes),
                RatedSample.of(job, files.sample(job).outlines(), outcomes),
                attempts.unreadable(),
                paging,
                paging.of(IntStream.range(0, findings.size()).boxed().toList()).stream()
                        .map(findings::read)
                        .toList());
    }

    private static List<SuccessTable> tables(FoundJob job, List<Family> heldOut, List<AttemptOutcome> outcomes) {
        Address all = Address.of(CampaignPages.ATTEMPTS).with("job", job.name());
        Map<Boolean, List<AttemptOutcome>> parts =
                outcomes.stream().collect(Collectors.partitioningBy(attempt -> heldOut.contains(attempt.family())));
        List<SuccessTable> tables = new ArrayList<>();
        parts.forEach((held, attempts) -> {
            if (!attempts.isEmpty()) {
                Address part = heldOut.isEmpty() ? all : all.with("held_out", held ? "yes" : "no");
                tables.add(SuccessTable.of(held ? "Held-out families" : "By category and family", part, attempts));
            }
        });
        return tables;
    }

    /** The share of attempts whose last answer refuses; null until the campaign ends. */
    public @Nullable Estimate refused() {
        return job.summary(RedteamSummary.class)
                .flatMap(summary -> summary.figures().refused())
                .orElse(null);
    }

    /** Seeds whose behaviour is broken. */
    public long broken() {
        return Math.round(figures.success().prompts().sum());
    }

    /** Seeds with an attempt so far. */
    public long seeds() {
        return figures.success().prompts().scored()
                + figures.success().prompts().unscoredCount();
    }

    /** The attempts with an outcome. */
    public String attempts(Outcome outcome) {
        return Address.of(CampaignPages.ATTEMPTS)
                .with("job", job.name())
                .with("outcome", outcome.configName())
                .toString();
    }

    public String rate() {
        return Address.of(CampaignPages.RATE).with("job", job.name()).toString();
    }

    /** The dialogue of a finding. */
    public String link(Finding finding) {
        return AttemptPage.link(job, finding.attempts().get(0));
    }
}
