package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys each query of a batch may see, made once per forward pass and shared by the layers. Where plain causality
 * suffices there is no mask; otherwise there is one additive mask per window size, 0 where a key is seen and minus
 * infinity elsewhere. A pad sees itself, so that no row of attention is empty.
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
     * The mask for layers that see {@code window} positions (0: all earlier ones), {@code [batch or 1, 1, time, time]};
     * null where the causal order is all there is.
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
