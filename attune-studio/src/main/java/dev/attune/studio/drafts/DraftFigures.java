package dev.attune.studio.drafts;

import dev.attune.core.chart.Html;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.revision.CriticSkill;
import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.feedback.revision.RevisionFigures;
import dev.attune.feedback.revision.RevisionGates;
import dev.attune.feedback.revision.RevisionRecipe;
import dev.attune.feedback.revision.RevisionSummary;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a job: of its summary, or of its drafts if it has none, because it works or a gate stopped it.
 *
 * @param summary null if the job has none
 * @param skill null if there is no summary, or it has none
 * @param gates null if the recipe cannot be read
 */
public record DraftFigures(
        @Nullable RevisionSummary summary,
        @Nullable CriticSkill skill,
        RevisionFigures figures,
        @Nullable RevisionGates gates) {
    /** Answers that are read for the figures of a job without a summary. */
    private static final int MAX_READ = 1_000;

    /** @param read the figures of the first answers of the log, for a job without a summary */
    static DraftFigures of(FoundJob job, Supplier<RevisionFigures> read) {
        Optional<RevisionSummary> summary = job.summary(RevisionSummary.class);
        RevisionFigures figures = summary.map(RevisionSummary::figures).orElseGet(read);
        return new DraftFigures(
                summary.orElse(null),
                summary.map(RevisionSummary::skill).orElse(null),
                figures,
                job.recipe(tree -> RevisionRecipe.read("recipe.yaml", tree).gates())
                        .orElse(null));
    }

    /** The figures of the first answers. */
    static RevisionFigures read(LineIndex<RevisedAnswer, DraftOutline> drafts) {
        List<RevisedAnswer> first = IntStream.range(0, Math.min(MAX_READ, drafts.size()))
                .mapToObj(drafts::read)
                .toList();
        return RevisionFigures.of(first, Refusals::refuses);
    }

    /** The gates with their figures; none if the recipe cannot be read. */
    public List<RevisionGates.Checked> checked() {
        return gates == null ? List.of() : gates.checked(figures);
    }

    /** Whether there are enough revisions for the gates. */
    public boolean enough() {
        return gates != null && figures.revisions() >= gates.minimum();
    }

    public String accuracy(CriticSkill measured) {
        return String.format(Locale.ROOT, "%.3f", measured.accuracy());
    }

    public String percent(double share) {
        return Html.percent(share);
    }
}
