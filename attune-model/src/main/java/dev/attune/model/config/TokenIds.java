package dev.attune.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of special tokens in config.json.
 *
 * @param bos id of the BOS token, or null
 * @param eos ids of EOS tokens: none, one or several
 * @param pad id of the padding token, or null
 */
public record TokenIds(
        @Nullable Integer bos, List<Integer> eos, @Nullable Integer pad) {
    public TokenIds {
        eos = List.copyOf(eos);
    }
}
