package dev.attune.feedback.revision;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Revises the answers to many prompts, batch by batch. Every answer is logged with all its drafts when its batch is done, so
 * that an interrupted job continues with the next batch; the gates are checked after each.
 */
public final class RevisionJob {
    /** Receives progress. */
    @FunctionalInterface
    public interface Listener {
        /** @param done prompts that are finished, of {@code total} */
        void progress(int done, int total, RevisionFigures figures);
    }

    private final Reviser reviser;
    private final RevisionGates gates;
    private final Predicate<String> refusal;
    private final int batch;

    /**
     * @param refusal whether a text refuses
     * @param batch prompts that are answered and revised together, from 1
     */
    public RevisionJob(Reviser reviser, RevisionGates gates, Predicate<String> refusal, int batch) {
        this.reviser = reviser;
        this.gates = gates;
        this.refusal = refusal;
        this.batch = batch;
    }

    /**
     * Runs or continues the job.
     *
     * @param log of the drafts; created if it is missing
     * @return all answers, in the order of the prompts
     * @throws RunFailedException if the revisions break a gate; the log stays
     */
    public List<RevisedAnswer> run(Path log, List<Prompt> prompts, Listener listener) throws IOException {
        try (RevisionLog drafts = RevisionLog.open(log, batch, prompts.size())) {
            RevisionFigures figures = checked(drafts, log);
            while (drafts.answers().size() < prompts.size()) {
                int from = drafts.answers().size();
                int to = Math.min(from + batch, prompts.size());
                listener.progress(from, prompts.size(), figures);
                for (RevisedAnswer answer : reviser.revise(from, prompts.subList(from, to))) {
                    drafts.add(answer);
                }
                figures = checked(drafts, log);
            }
            listener.progress(prompts.size(), prompts.size(), figures);
            return drafts.answers();
        }
    }

    private RevisionFigures checked(RevisionLog drafts, Path log) {
        RevisionFigures figures = RevisionFigures.of(drafts.answers(), refusal);
        List<String> broken = gates.broken(figures);
        if (!broken.isEmpty()) {
            throw new RunFailedException(
                    log + ": stopped after " + figures.answers() + " answers, because " + String.join("; ", broken)
                            + "; read the drafts, then change the critic or the constitution, or raise the gate");
        }
        return figures;
    }
}
