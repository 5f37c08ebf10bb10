package dev.attune.model.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rotary embeddings of each layer.
 *
 * @param byLayer an entry per layer; empty if the layer rotates nothing
 */
public record LayerRopes(List<Optional<Rope>> byLayer) {
    public LayerRopes {
        byLayer = List.copyOf(byLayer);
    }

    /** No rotary embeddings in any of {@code layers} layers. */
    public static LayerRopes none(int layers) {
        return new LayerRopes(Collections.nCopies(layers, Optional.empty()));
    }

    /** The same ones in each of {@code layers} layers. */
    public static LayerRopes everywhere(Rope rope, int layers) {
        return new LayerRopes(Collections.nCopies(layers, Optional.of(rope)));
    }

    /** The rotary embeddings of layer {@code layer} (from 0), or null. */
    public @Nullable Rope of(int layer) {
        return byLayer.get(layer).orElse(null);
    }

    /** All different ones, in the order of their first layer. */
    public List<Rope> distinct() {
        return byLayer.stream().flatMap(Optional::stream).distinct().toList();
    }
}
