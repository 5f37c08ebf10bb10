package dev.attune.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens that config.json names.
 *
 * @param bos what a text begins with, or null
 * @param eos what ends a text: none, one or several
 * @param pad what fills batches, or null
 */
public record TokenIds(
        @Nullable Integer bos, List<Integer> eos, @Nullable Integer pad) {
    public TokenIds {
        eos = List.copyOf(eos);
    }
}
