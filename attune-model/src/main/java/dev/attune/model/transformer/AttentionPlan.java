package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attention masks of a batch, computed once per forward pass and shared by the layers. If the causal order suffices
 * there is no mask; otherwise there is one additive mask per window size, 0 for keys that a query attends to and minus
 * infinity elsewhere. A padding token attends to itself, so that no row is empty.
 */
final class AttentionPlan {
    private final TokenBatch batch;
    private final boolean causalSuffices;
    private final Map<Integer, Tensor> byWindow = new HashMap<>();

    AttentionPlan(TokenBatch batch, Padding padding) {
        this.batch = batch;
        this.causalSuffices = padding != Padding.OTHER && batch.segments() == null;
    }

    /**
     * The mask for layers with a window of {@code window} positions (0: all earlier ones),
     * {@code [batch or 1, 1, time, time]}; null if the causal order suffices.
     */
    @Nullable
    Tensor mask(int window) {
        boolean windowed = window > 0 && window < batch.time();
        if (causalSuffices && !windowed) {
            return null;
        }
        return byWindow.computeIfAbsent(windowed ? window : 0, this::build);
    }

    private Tensor build(int window) {
        long time = batch.time();
        Tensor query = Tensor.arange(time).unsqueeze(1);
        Tensor key = Tensor.arange(time).unsqueeze(0);
        Tensor seen = key.atMost(query);
        if (window > 0) {
            seen = seen.and(key.greaterThan(query.minus(window)));
        }
        seen = seen.unsqueeze(0);
        if (!causalSuffices) {
            seen = seen.and(batch.mask().toBool().unsqueeze(1));
            Tensor segments = batch.segments();
            if (segments != null) {
                seen = seen.and(segments.unsqueeze(2).equalTo(segments.unsqueeze(1)));
            }
            seen = seen.or(key.equalTo(query));
        }
        return additive(seen).unsqueeze(1);
    }

    /** 0 where the bool tensor is true, minus infinity elsewhere. */
    static Tensor additive(Tensor seen) {
        return Tensor.zeros(DType.FLOAT32, seen.shape()).maskedFill(seen.not(), Double.NEGATIVE_INFINITY);
    }
}
