package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pitfalls of joining prompt and completion, on the SentencePiece vocabulary of stories260K: BOS 1, EOS 2. */
@Tag("shared")
class CompletionEncoderTest {
    private Tokenizer tokenizer;
    private CompletionEncoder encoder;

    @BeforeEach
    void open() {
        tokenizer = HuggingFaceTokenizer.load(Path.of(System.getProperty("attune.shared"), "models", "stories260K"));
        encoder = new CompletionEncoder(ConversationEncoder.of(tokenizer));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private EncodedConversation encode(String prompt, String completion) {
        return encoder.encode(new PromptCompletion(Prompt.text(prompt), completion));
    }

    /** " time" alone is 410 378, after the prompt 378. */
    @Test
    void theCompletionHasTheTokensItHasAfterThePrompt() {
        EncodedConversation row = encode("Once upon a", " time");
        assertThat(row.ids()).containsExactly(1, 403, 407, 261, 378, 2);
        assertThat(row.completionStart()).isEqualTo(4);
        assertThat(row.learned()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(encoder.mergeNote()).isNull();
    }

    /** "Once upon a time" has one token for " time", of which the prompt "Once upon a t" would have a part. */
    @Test
    void thePromptKeepsItsTokensWhereBothWouldMerge() {
        EncodedConversation row = encode("Once upon a t", "ime there was");
        assertThat(row.ids()).startsWith(1, 403, 407, 261, 259).endsWith(2);
        assertThat(row.completionStart()).isEqualTo(5);
        int[] completion = Arrays.copyOfRange(row.ids(), 5, row.length() - 1);
        assertThat(tokenizer.decodeRaw(row.ids())).contains("Once upon a time there was");
        assertThat(completion).doesNotContain(410);
        encode("Once upon a", " time");
        assertThat(encoder.mergeNote()).startsWith("1 of 2 completions would share a token");
    }

    @Test
    void aCompletionThatEndsInTheEndTokenGetsNoOther() {
        int[] written = encode("Once upon a", " time</s>").ids();
        assertThat(written).isEqualTo(encode("Once upon a", " time").ids());
        assertThat(Arrays.stream(written).filter(id -> id == 2).count()).isEqualTo(1);
        assertThat(Arrays.stream(written).filter(id -> id == 1).count()).isEqualTo(1);
    }

    /** A conversation begins with the tokens of generation; its template writes the end. */
    @Test
    void aConversationHasThePromptOfGeneration() {
        ConversationEncoder chat =
                ConversationEncoder.of(tokenizer, ConversationOptions.DEFAULT.withTemplate("human-assistant"));
        Prompt prompt = new Prompt.Chat(List.of(Message.user("Tell me a story")));
        EncodedConversation row = new CompletionEncoder(chat).encode(new PromptCompletion(prompt, "Once upon a time"));
        int[] asked = chat.prompt(prompt);
        assertThat(row.ids()).startsWith(asked);
        assertThat(row.completionStart()).isEqualTo(asked.length);
        assertThat(row.ending()).isZero();
    }
}
