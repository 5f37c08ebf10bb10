package dev.attune.model.gguf;

/** The kinds of tokens in {@code tokenizer.ggml.token_type}. */
final class TokenType {
    static final long NORMAL = 1;
    static final long UNKNOWN = 2;
    /** Special tokens, which are recognised only where they are allowed. */
    static final long CONTROL = 3;
    /** Added words, which are always recognised. */
    static final long USER_DEFINED = 4;

    static final long UNUSED = 5;
    static final long BYTE = 6;

    private TokenType() {}
}
