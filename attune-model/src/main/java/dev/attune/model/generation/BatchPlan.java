package dev.attune.model.generation;

import dev.attune.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts prompts of similar length together, in batches whose caches stay within a bound of memory. */
final class BatchPlan {
    private static final long CACHE_BYTES = 1L << 29;
    private static final long PROMPT_TOKENS = 1 << 15;
    private static final int MOST_ROWS = 128;
    private static final int WORTHWHILE_ROWS = 16;

    private BatchPlan() {}

    static List<List<Row>> of(List<Row> rows, ModelConfig config, int maxNewTokens) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(row -> row.prompt().length));
        List<List<Row>> batches = new ArrayList<>();
        List<Row> batch = new ArrayList<>();
        for (Row row : sorted) {
            if (!batch.isEmpty() && !fits(row, batch, config, maxNewTokens)) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(row);
        }
        batches.add(batch);
        return batches;
    }

    private static boolean fits(Row row, List<Row> batch, ModelConfig config, int maxNewTokens) {
        int rows = batch.size() + 1;
        int shortest = batch.get(0).prompt().length;
        int longest = row.prompt().length;
        boolean wasteful = longest > 2 * shortest + 16 && batch.size() >= WORTHWHILE_ROWS;
        return !wasteful
                && rows <= MOST_ROWS
                && (long) rows * longest <= PROMPT_TOKENS
                && (long) rows * (longest + maxNewTokens) * bytesPerToken(config) <= CACHE_BYTES;
    }

    private static long bytesPerToken(ModelConfig config) {
        return 2L
                * Float.BYTES
                * config.layers()
                * config.attention().kvHeads()
                * config.attention().headDim();
    }
}
