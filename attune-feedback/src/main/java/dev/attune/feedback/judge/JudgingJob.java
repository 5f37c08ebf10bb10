package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.error.RunStoppedException;
import dev.attune.feedback.endpoint.ParallelCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges many items on several threads, each once, and logs every judgement when it is made. A job that was stopped
 * continues with the items that are not in its log. A call that fails after its tries is a judgement too, unscored with its
 * reason.
 *
 * @param log file of judgements, one line each
 * @param threads items that are judged at once
 */
public record JudgingJob(Judge judge, Path log, int threads) {
    public JudgingJob {
        if (threads < 1) {
            throw BadInputException.at("threads", Integer.toString(threads), "1 or more", "change it");
        }
    }

    /** As {@link #run(List, int)}, for one vote per item. */
    public JudgingReport run(List<JudgedItem> items) {
        return run(items, 0);
    }

    /**
     * Judges the items and waits.
     *
     * @param sample number of this vote on the items, from 0
     * @throws BadInputException if an id occurs twice, an item does not fit the judge, or the server refuses the requests
     * @throws RunStoppedException if the thread is interrupted; what was judged stays in the log
     */
    public JudgingReport run(List<JudgedItem> items, int sample) {
        requireDistinct(items);
        try (JudgementLog judgements = JudgementLog.open(log)) {
            List<JudgedItem> open = items.stream()
                    .filter(item -> judgements.find(judge.name(), item, sample).isEmpty())
                    .toList();
            judge(open, sample, judgements);
            return JudgingReport.of(items.size() - open.size(), judgements.of(judge.name(), items, sample));
        } catch (IOException e) {
            throw new RunFailedException(log + ": " + e.getMessage(), e);
        }
    }

    private static void requireDistinct(List<JudgedItem> items) {
        Set<String> ids = new HashSet<>();
        for (JudgedItem item : items) {
            if (!ids.add(item.id())) {
                throw BadInputException.at("items", "the id '" + item.id() + "' twice", "distinct ids", "rename one");
            }
        }
    }

    private void judge(List<JudgedItem> items, int sample, JudgementLog judgements) throws IOException {
        ParallelCalls.onOtherThreads(
                items,
                threads,
                item -> {
                    judge(item, sample, judgements);
                    return item;
                },
                "stopped while judging; run it again to continue");
    }

    private void judge(JudgedItem item, int sample, JudgementLog judgements) throws IOException {
        Judgement judgement = judge.judge(item, sample);
        if (!Thread.currentThread().isInterrupted()) {
            judgements.add(item, sample, judgement);
        }
    }
}
