package dev.attune.studio.drafts;

import dev.attune.feedback.revision.RevisedAnswer;
import dev.attune.studio.files.LineIndex;
import dev.attune.studio.job.FoundJob;
import dev.attune.studio.page.Paging;
import io.javalin.http.Context;
import java.util.List;

/**
 * The answers of a job with their drafts.
 *
 * @param all number of answers without the filter
 * @param principles that were sampled, by name
 * @param unreadable lines of the log that are no answers
 */
public record DraftsPage(
        FoundJob job,
        DraftFigures figures,
        DraftFilter filter,
        List<String> principles,
        int all,
        int unreadable,
        Paging paging,
        List<DraftView> answers) {
    private static final int SIZE = 20;

    static DraftsPage of(
            Context context, FoundJob job, DraftFigures figures, LineIndex<RevisedAnswer, DraftOutline> drafts) {
        DraftFilter filter = DraftFilter.of(context);
        List<Integer> found = filter.of(drafts);
        Paging paging = Paging.of(context, filter.on(job.page()), SIZE, found.size());
        return new DraftsPage(
                job,
                figures,
                filter,
                drafts.outlines().stream()
                        .flatMap(outline -> outline.principles().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                drafts.size(),
                drafts.unreadable(),
                paging,
                paging.of(found).stream()
                        .map(number -> DraftView.of(drafts.read(number), drafts.outline(number)))
                        .toList());
    }

    /** A name of a filter's value for people. */
    public static String words(String name) {
        return name.replace('_', ' ');
    }
}
