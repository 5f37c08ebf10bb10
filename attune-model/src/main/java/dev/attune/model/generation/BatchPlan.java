package dev.attune.model.generation;

import dev.attune.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Groups prompts of similar length into batches whose key-value caches stay within a memory limit. */
final class BatchPlan {
    private static final long CACHE_BYTES = 1L << 29;
    private static final long PROMPT_TOKENS = 1 << 15;
    private static final int MAX_ROWS = 128;
    private static final int WORTHWHILE_ROWS = 16;

    private BatchPlan() {}

    static List<List<SequenceState>> of(List<SequenceState> sequences, ModelConfig config, int maxNewTokens) {
        List<SequenceState> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingInt(sequence -> sequence.prompt().length));
        List<List<SequenceState>> batches = new ArrayList<>();
        List<SequenceState> batch = new ArrayList<>();
        for (SequenceState sequence : sorted) {
            if (!batch.isEmpty() && !fits(sequence, batch, config, maxNewTokens)) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(sequence);
        }
        batches.add(batch);
        return batches;
    }

    private static boolean fits(
            SequenceState sequence, List<SequenceState> batch, ModelConfig config, int maxNewTokens) {
        int count = batch.size() + 1;
        int shortest = batch.get(0).prompt().length;
        int longest = sequence.prompt().length;
        boolean wasteful = longest > 2 * shortest + 16 && batch.size() >= WORTHWHILE_ROWS;
        return !wasteful
                && count <= MAX_ROWS
                && (long) count * longest <= PROMPT_TOKENS
                && (long) count * (longest + maxNewTokens) * bytesPerToken(config) <= CACHE_BYTES;
    }

    private static long bytesPerToken(ModelConfig config) {
        return 2L
                * Float.BYTES
                * config.layers()
                * config.attention().kvHeads()
                * config.attention().headDim();
    }
}
