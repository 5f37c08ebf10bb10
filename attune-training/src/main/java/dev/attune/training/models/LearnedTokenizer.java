package dev.attune.training.models;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Folders;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A byte-level BPE tokenizer that is trained only on a run's training rows. It is trained again when a run is resumed:
 * the same texts always give the same tokenizer.
 */
final class LearnedTokenizer {
    private static final String PAD = "<|pad|>";
    private static final String END = "<|end|>";

    /** The special tokens, in the order of their ids, from 0. */
    private static final List<String> SPECIAL = List.of(PAD, END, "<|system|>", "<|user|>", "<|assistant|>");

    /** The chat template; roles are the special tokens' names. */
    private static final String CHAT_TEMPLATE = "{% for message in messages %}<|{{ message['role'] }}|>"
            + "{{ message['content'] }}{% if message['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private LearnedTokenizer() {}

    /**
     * Learns the vocabulary of these texts.
     *
     * @param context the model's context length, written for other programs
     */
    static Tokenizer of(Stream<String> texts, int vocabulary, int context, boolean prefixSpace) {
        BpeVocabulary learned = new BpeTrainer(vocabulary)
                .specialTokens(SPECIAL)
                .prefixSpace(prefixSpace)
                .train(texts);
        return loaded(learned, new BpeVocabulary.Roles(null, END, PAD, context, CHAT_TEMPLATE));
    }

    /**
     * Saves the tokenizer to temporary files and loads it: a loaded tokenizer keeps the contents of its files, to write
     * them next to the weights.
     */
    private static Tokenizer loaded(BpeVocabulary learned, BpeVocabulary.Roles roles) {
        try {
            Path temporary = Files.createTempDirectory("attune-tokenizer");
            try {
                learned.save(temporary, roles);
                return HuggingFaceTokenizer.load(temporary);
            } finally {
                Folders.delete(temporary);
            }
        } catch (IOException e) {
            throw new RunFailedException("the learned tokenizer cannot be written: " + e.getMessage(), e);
        }
    }
}
