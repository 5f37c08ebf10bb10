package dev.attune.model.conversation;

import dev.attune.core.text.TextSpan;
import dev.attune.model.tokenizer.TokenizedText;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rendered conversation before tokenization.
 *
 * @param literal the special words in it that are text, in order; all others are control tokens
 * @param generated what the template marks as written by the assistant
 */
record RenderedConversation(String text, List<TextSpan> literal, List<TextSpan> generated) {

    TokenizedText tokens(Tokenizer tokenizer) {
        return literal.isEmpty() ? tokenizer.tokenize(text) : tokenizer.tokenize(text, literal);
    }

    /** Whether this text and its tokens begin with those of a prompt. */
    boolean beginsWith(TokenizedText tokens, RenderedConversation prompt, int... promptIds) {
        return text.startsWith(prompt.text) && tokens.startsWith(promptIds);
    }

    /** The text from an index on. */
    RenderedConversation from(int index) {
        List<TextSpan> rest = literal.stream()
                .filter(word -> word.start() >= index)
                .map(word -> word.shifted(-index))
                .toList();
        return new RenderedConversation(text.substring(index), rest, List.of());
    }

    /** This text followed by another one. */
    RenderedConversation followedBy(RenderedConversation next) {
        List<TextSpan> words = Stream.concat(
                        literal.stream(), next.literal.stream().map(word -> word.shifted(text.length())))
                .toList();
        return new RenderedConversation(text + next.text, words, List.of());
    }
}
