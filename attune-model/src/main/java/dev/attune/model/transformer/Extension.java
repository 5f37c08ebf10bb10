package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The next tokens of one sequence in a pass.
 *
 * @param time their number
 * @param cache of the earlier tokens
 * @param masks by window, additive {@code [1, 1, time, keys]}
 */
record Extension(long time, KeyValueCache cache, Map<Integer, Tensor> masks) {
    /** @param windows of the model's layers; 0: all earlier tokens */
    static Extension of(long time, KeyValueCache cache, Set<Integer> windows) {
        Map<Integer, Tensor> masks = new HashMap<>();
        windows.forEach(window -> masks.put(window, mask(cache.length(), time, window)));
        return new Extension(time, cache, masks);
    }

    private static Tensor mask(long cached, long time, int window) {
        Tensor query = Tensor.arange(time).plus((double) cached).unsqueeze(1);
        Tensor key = Tensor.arange(cached + time).unsqueeze(0);
        Tensor seen = key.atMost(query);
        if (window > 0) {
            seen = seen.and(key.greaterThan(query.minus((double) window)));
        }
        return AttentionPlan.additive(seen).unsqueeze(0).unsqueeze(0);
    }

    Tensor mask(int window) {
        return Objects.requireNonNull(masks.get(window));
    }

    /** Positions of the tokens, int64 {@code [time]}. */
    Tensor positions() {
        return Tensor.arange(time).plus((double) cache.length());
    }
}
