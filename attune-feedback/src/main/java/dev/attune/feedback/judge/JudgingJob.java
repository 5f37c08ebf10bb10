package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.error.RunStoppedException;
import dev.attune.feedback.endpoint.ParallelCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
            judge(items, Set.copyOf(open), sample, judgements);
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

    private void judge(List<JudgedItem> items, Set<JudgedItem> open, int sample, JudgementLog judgements)
            throws IOException {
        ParallelCalls.onOtherThreads(
                together(items).stream()
                        .filter(some -> !Collections.disjoint(some, open))
                        .toList(),
                threads,
                some -> {
                    judgeTogether(some, open, sample, judgements);
                    return some;
                },
                "stopped while judging; run it again to continue");
    }

    private List<List<JudgedItem>> together(List<JudgedItem> items) {
        int size = judge.batch();
        return IntStream.iterate(0, from -> from < items.size(), from -> from + size)
                .mapToObj(from -> items.subList(from, Math.min(from + size, items.size())))
                .toList();
    }

    /**
     * Judges items that a judge in this process takes together. Those that were judged before are asked about too: the last
     * digits of a judgement depend on which items are computed with it.
     */
    private void judgeTogether(List<JudgedItem> items, Set<JudgedItem> open, int sample, JudgementLog judgements)
            throws IOException {
        List<Judgement> judged = judge.judgeAll(items, sample);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (open.contains(items.get(i))) {
                judgements.add(items.get(i), sample, judged.get(i));
            }
        }
    }
}
