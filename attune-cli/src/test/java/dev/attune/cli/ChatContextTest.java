package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatContextTest {
    private static final String TEMPLATE = "{% for m in messages %}{{ m.content }}{% endfor %}";

    @TempDir
    Path folder;

    /** Each letter is one token. */
    private List<Message> fitted(int positions, List<Message> messages) {
        new BpeTrainer(257)
                .specialTokens(List.of("<|end|>"))
                .prefixSpace(false)
                .train(Stream.of("a"))
                .save(folder, new BpeVocabulary.Roles(null, "<|end|>", "<|end|>", 64, TEMPLATE));
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
            return new ChatContext(ConversationEncoder.of(tokenizer, ConversationOptions.DEFAULT), positions, 2)
                    .fitted(messages);
        }
    }

    @Test
    void theOldestTurnsLeaveAndTheSystemMessageStays() {
        List<Message> messages = List.of(
                new Message("system", "ss"),
                Message.user("uu"),
                Message.assistant("aa"),
                Message.user("vv"),
                Message.assistant("bb"),
                Message.user("ww"));
        assertThat(fitted(14, messages)).isEqualTo(messages);
        List<Message> shorter = List.of(messages.get(0), messages.get(3), messages.get(4), messages.get(5));
        assertThat(fitted(13, messages)).isEqualTo(shorter);
        assertThat(fitted(10, messages)).isEqualTo(shorter);
        assertThat(fitted(9, messages)).isEqualTo(List.of(messages.get(0), messages.get(5)));
        assertThatThrownBy(() -> fitted(5, messages))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found 4 tokens, expected at most 3")
                .hasMessageContaining("--max-new-tokens");
    }
}
