package dev.attune.model.transformer;

import dev.attune.model.config.LayerRopes;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rotary embeddings of a decoder, whose layers may differ: each kind is computed once per pass. */
final class LayerAngles implements AutoCloseable {
    private final LayerRopes ropes;
    private final Map<Rope, Rotary> rotaries = new LinkedHashMap<>();

    LayerAngles(ModelConfig config) {
        this.ropes = config.architecture().ropes();
        int heads = config.attention().heads() + config.attention().kvHeads();
        ropes.distinct().forEach(rope -> rotaries.put(rope, new Rotary(rope, heads)));
    }

    /** The angles of one forward pass. */
    record Pass(LayerRopes ropes, Map<Rope, Rotary.Angles> angles) {
        /** The angles of layer {@code layer} (from 0), or null if it rotates nothing. */
        Rotary.@Nullable Angles of(int layer) {
            Rope rope = ropes.of(layer);
            return rope == null ? null : angles.get(rope);
        }
    }

    /**
     * The angles of these positions.
     *
     * @param positions int64 {@code [rows or 1, time]}; null: 0 to time - 1 in every row
     * @param bound a number above every position
     */
    Pass at(@Nullable Tensor positions, long bound) {
        Map<Rope, Rotary.Angles> angles = new HashMap<>();
        rotaries.forEach((rope, rotary) -> angles.put(rope, rotary.at(positions, bound)));
        return new Pass(ropes, angles);
    }

    /**
     * The state of angles that depend on the length of the batch: a cache of keys is valid as long as it is the same.
     *
     * @param positions as in {@link #at}
     * @param bound as in {@link #at}
     */
    List<Long> version(@Nullable Tensor positions, long bound) {
        if (!dependOnLength(ropes)) {
            return List.of();
        }
        long length = positions == null ? bound : (long) positions.max().item() + 1;
        return rotaries.keySet().stream()
                .map(rope -> RotaryFrequencies.version(rope, length))
                .toList();
    }

    /** Whether the angles of a position depend on the length of the batch. */
    static boolean dependOnLength(LayerRopes ropes) {
        return ropes.distinct().stream().anyMatch(RotaryFrequencies::dependOnLength);
    }

    @Override
    public void close() {
        rotaries.values().forEach(Rotary::close);
    }
}
