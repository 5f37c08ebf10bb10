package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.error.RunStoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "judge");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            for (JudgedItem item : items) {
                all.add(pool.submit(() -> {
                    judge(item, sample, judgements);
                    return item;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException("stopped while judging; run it again to continue");
        } finally {
            pool.shutdownNow();
        }
    }

    private void judge(JudgedItem item, int sample, JudgementLog judgements) throws IOException {
        Judgement judgement = judge.judge(item, sample);
        if (!Thread.currentThread().isInterrupted()) {
            judgements.add(item, sample, judgement);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) throws IOException {
        if (e.getCause() instanceof IOException broken) {
            throw broken;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
