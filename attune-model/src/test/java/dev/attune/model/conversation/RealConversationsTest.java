package dev.attune.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.feedback.Preference;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real chat model's conversations and real dialogues. */
@Tag("shared")
class RealConversationsTest {
    private static final Path SHARED = Path.of(System.getProperty("attune.shared"));
    private static final Path SMOLLM2 = SHARED.resolve("models/SmolLM2-135M-Instruct");

    private static List<Message> messages(JsonNode node) {
        return node.valueStream()
                .map(message -> Json.records().treeToValue(message, Message.class))
                .toList();
    }

    private static int[] ids(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    @Test
    void smolLm2EncodesAsTransformersDoes() throws Exception {
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(SMOLLM2.resolve("golden.json")));
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(SMOLLM2)) {
            ConversationEncoder encoder = ConversationEncoder.of(tokenizer);
            for (JsonNode prompt : golden.get("greedy")) {
                assertThat(encoder.prompt(new Prompt.Chat(messages(prompt.get("messages")))))
                        .isEqualTo(ids(prompt.get("prompt_ids")));
            }
            for (JsonNode row : golden.get("train")) {
                Conversation conversation = new Conversation(messages(row.get("messages")), List.of());
                EncodedConversation all = encoder.training(conversation, LossOn.ALL);
                EncodedConversation last = encoder.training(conversation, LossOn.LAST);
                assertThat(all.ids()).isEqualTo(ids(row.get("ids")));
                assertThat(all.learned()).isEqualTo(ids(row.get("assistant_mask")));
                assertThat(last.completionStart())
                        .isEqualTo(row.get("last_turn_from").asInt());
                assertThat(last.learnedTokens()).isEqualTo(last.length() - last.completionStart());
                assertThat(last.ending()).isEqualTo(2); // <|im_end|> and its newline
            }
            assertThat(encoder.endTokens()).containsExactly(2);
        }
    }

    /** All dialogues of hh-rlhf, as the tokens of their raw text: with BOS if the tokenizer writes it, and the end token. */
    @ParameterizedTest
    @ValueSource(strings = {"models/SmolLM2-135M-Instruct", "models/stories260K"})
    void humanAssistantDialoguesAreTheTokensOfTheirText(String model) throws IOException {
        Path file = SHARED.resolve("data/hh-harmless/train.jsonl.gz");
        List<String> lines = lines(file);
        Dataset dialogues = Dataset.read(file, ReadOptions.defaults());
        int different = 0;
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(SHARED.resolve(model))) {
            ConversationEncoder encoder =
                    ConversationEncoder.of(tokenizer, ConversationOptions.named("human-assistant"));
            for (Row.PreferenceRow row : dialogues.rowsOf(Row.PreferenceRow.class)) {
                Preference pair = row.preference();
                JsonNode raw = JsonMapper.shared().readTree(lines.get((int) row.line() - 1));
                for (String side : List.of("chosen", "rejected")) {
                    String answer = side.equals("chosen") ? pair.chosen() : pair.rejected();
                    EncodedConversation encoded = encoder.scoring(new PromptCompletion(pair.prompt(), answer));
                    int[] text = tokenizer.encodeWithSpecials(raw.get(side).stringValue());
                    int[] expected = Arrays.copyOf(text, text.length + 1);
                    expected[text.length] = tokenizer.eosIds().get(0);
                    different += Arrays.equals(encoded.ids(), expected) ? 0 : 1;
                    int[] prompt = encoder.prompt(pair.prompt());
                    assertThat(Arrays.copyOf(encoded.ids(), encoded.completionStart()))
                            .isEqualTo(prompt);
                }
            }
        }
        assertThat(dialogues.rows()).hasSizeGreaterThan(1500);
        assertThat(different).isZero();
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
