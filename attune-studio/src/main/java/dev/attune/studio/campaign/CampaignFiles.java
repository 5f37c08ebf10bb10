package dev.attune.studio.campaign;

import dev.attune.feedback.rating.RatingSample;
import dev.attune.feedback.redteam.Attempt;
import dev.attune.feedback.redteam.AttemptOutcome;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.feedback.redteam.Finding;
import dev.attune.feedback.redteam.RedteamRecipe;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.files.LineIndexes;
import dev.attune.studio.job.FoundJob;
import java.util.Optional;

/** The logs of campaigns, read as far as they are written. */
final class CampaignFiles {
    private final LineIndexes<Attempt, AttemptOutcome> attempts = new LineIndexes<>(Attempt.class, AttemptOutcome::of);
    private final LineIndexes<Finding, Integer> findings = new LineIndexes<>(Finding.class, Finding::rank);
    private final LineIndexes<RatingSample.Line, String> samples =
            new LineIndexes<>(RatingSample.Line.class, RatingSample.Line::id);

    /** The recipe; empty if it cannot be read. */
    static Optional<CampaignSettings> settings(FoundJob job) {
        return job.recipe(tree -> RedteamRecipe.read("recipe.yaml", tree).campaign());
    }

    LineIndex<Attempt, AttemptOutcome> attempts(FoundJob job) {
        return attempts.of(job.file("attempts.jsonl"));
    }

    LineIndex<Finding, Integer> findings(FoundJob job) {
        return findings.of(job.file("findings.jsonl"));
    }

    /** The attempts that people are to rate, by id. */
    LineIndex<RatingSample.Line, String> sample(FoundJob job) {
        return samples.of(job.file("to-rate.jsonl"));
    }
}
