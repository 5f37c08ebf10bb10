package dev.attune.model.gguf;

/** The keys of the tokenizer. */
final class TokenizerKeys {
    static final String MODEL = "tokenizer.ggml.model";
    static final String PRE = "tokenizer.ggml.pre";
    static final String TOKENS = "tokenizer.ggml.tokens";
    static final String TYPES = "tokenizer.ggml.token_type";
    static final String SCORES = "tokenizer.ggml.scores";
    static final String MERGES = "tokenizer.ggml.merges";
    static final String BOS = "tokenizer.ggml.bos_token_id";
    static final String EOS = "tokenizer.ggml.eos_token_id";
    static final String END_OF_TURN = "tokenizer.ggml.eot_token_id";
    static final String END_OF_MESSAGE = "tokenizer.ggml.eom_token_id";
    static final String UNKNOWN = "tokenizer.ggml.unknown_token_id";
    static final String PAD = "tokenizer.ggml.padding_token_id";
    static final String ADD_BOS = "tokenizer.ggml.add_bos_token";
    static final String ADD_EOS = "tokenizer.ggml.add_eos_token";
    static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
    static final String TEMPLATE = "tokenizer.chat_template";
    static final String TEMPLATES = "tokenizer.chat_templates";

    /** Values of {@link #MODEL}: byte-level BPE, BPE of SentencePiece with scores, a model without a tokenizer. */
    static final String BYTE_LEVEL = "gpt2";

    static final String SENTENCE_PIECE = "llama";
    static final String NONE = "none";

    private TokenizerKeys() {}
}
