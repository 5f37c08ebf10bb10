package dev.attune.model.generation;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Groups prompts of similar length into batches whose key-value caches stay within a memory limit. */
final class BatchPlan {
    private static final long CACHE_BYTES = 1L << 29;
    private static final long PROMPT_TOKENS = 1 << 15;
    private static final int MAX_ROWS = 128;
    private static final int WORTHWHILE_ROWS = 16;

    private static final int ROWS_PER_WORKER = 2;
    private static final long CACHED_WEIGHTS = 1 << 24;
    private static final int ROWS_TO_READ_ALL_WEIGHTS = 16;

    private BatchPlan() {}

    /**
     * The number of workers that share the rows. Every worker reads all weights at each step, so with weights that do not
     * fit the processor's cache and few rows, threads inside operations are faster: each reads a part.
     *
     * @param weights number of them
     */
    static int workers(int rows, long weights) {
        return Workers.useful(rows / (fitCache(weights) ? ROWS_PER_WORKER : ROWS_TO_READ_ALL_WEIGHTS));
    }

    /** Whether so many weights stay in the processor's cache from step to step. */
    static boolean fitCache(long weights) {
        return weights <= CACHED_WEIGHTS;
    }

    /** The batches of each worker; their prompts are of nearly equal length in total. */
    static List<List<List<SequenceState>>> of(
            List<SequenceState> sequences, int workers, ModelConfig config, int maxNewTokens) {
        List<SequenceState> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(sequence -> sequence.prompt().length));
        return IntStream.range(0, workers)
                .mapToObj(worker -> batches(everyNth(sorted, worker, workers), workers, config, maxNewTokens))
                .toList();
    }

    private static List<SequenceState> everyNth(List<SequenceState> sorted, int first, int n) {
        return IntStream.iterate(first, i -> i < sorted.size(), i -> i + n)
                .mapToObj(sorted::get)
                .toList();
    }

    private static List<List<SequenceState>> batches(
            List<SequenceState> sorted, int workers, ModelConfig config, int maxNewTokens) {
        List<List<SequenceState>> batches = new ArrayList<>();
        List<SequenceState> batch = new ArrayList<>();
        for (SequenceState sequence : sorted) {
            if (!batch.isEmpty() && !fits(sequence, batch, workers, config, maxNewTokens)) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(sequence);
        }
        batches.add(batch);
        return batches;
    }

    private static boolean fits(
            SequenceState sequence, List<SequenceState> batch, int workers, ModelConfig config, int maxNewTokens) {
        int count = batch.size() + 1;
        int shortest = batch.get(0).prompt().length;
        int longest = sequence.prompt().length;
        boolean wasteful = longest > 2 * shortest + 16 && batch.size() >= WORTHWHILE_ROWS;
        return !wasteful
                && count <= MAX_ROWS
                && (long) count * longest <= PROMPT_TOKENS
                && (long) count * (longest + maxNewTokens) * bytesPerToken(config) <= CACHE_BYTES / workers;
    }

    private static long bytesPerToken(ModelConfig config) {
        return 2L
                * Float.BYTES
                * config.layers()
                * config.attention().kvHeads()
                * config.attention().headDim();
    }
}
