package dev.attune.serve.text;

import org.jspecify.annotations.Nullable;

/** The bytes of each token's text. */
public interface TokenBytes {
    /** The bytes of a token, which need not be whole characters; null for a special token, which has no text. */
    byte @Nullable [] bytes(int id);
}
