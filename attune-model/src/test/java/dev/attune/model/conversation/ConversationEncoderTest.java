package dev.attune.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationEncoderTest {
    private static final String MARKED = "{% for m in messages %}<|{{ m.role }}|>"
            + "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<|end|>{% endgeneration %}"
            + "{% else %}{{ m.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private static final String UNMARKED =
            MARKED.replace("{% generation %}", "").replace("{% endgeneration %}", "");

    @TempDir
    Path folder;

    private final List<HuggingFaceTokenizer> opened = new ArrayList<>();

    /** Ids 0 to 4 are special; bytes follow. */
    private HuggingFaceTokenizer tokenizer(String template) {
        new BpeTrainer(261)
                .specialTokens(List.of("<|pad|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"))
                .prefixSpace(false)
                .train(Stream.of("ab"))
                .save(folder, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, template));
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder);
        opened.add(tokenizer);
        return tokenizer;
    }

    @AfterEach
    void close() {
        opened.forEach(HuggingFaceTokenizer::close);
    }

    private ConversationEncoder encoder(String template) {
        return ConversationEncoder.of(tokenizer(template));
    }

    private static Conversation conversation(Message... messages) {
        return new Conversation(List.of(messages), List.of());
    }

    private static Message unlearned(String role, String content) {
        return new Message(role, content, Map.of(Message.WEIGHT, 0));
    }

    private static int[] learned(EncodedConversation encoded) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.learned()[i] == 1) {
                places.add(i);
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** user a assistant b end user a assistant b end: tokens 0 to 9, each letter one token. */
    private static final Conversation TWO_TURNS =
            conversation(Message.user("a"), Message.assistant("b"), Message.user("a"), Message.assistant("b"));

    @Test
    void lossOnChoosesTheLearnedTokens() {
        for (String template : List.of(MARKED, UNMARKED)) {
            ConversationEncoder encoder = encoder(template);
            assertThat(encoder.training(TWO_TURNS, LossOn.LAST).ids()).hasSize(10);
            assertThat(learned(encoder.training(TWO_TURNS, LossOn.LAST))).containsExactly(8, 9);
            assertThat(learned(encoder.training(TWO_TURNS, LossOn.ALL))).containsExactly(3, 4, 8, 9);
            assertThat(learned(encoder.training(TWO_TURNS, LossOn.EVERY_TOKEN)))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        assertThat(encoder(MARKED).notes()).isEmpty();
    }

    @Test
    void messagesOfWeightZeroAreReadAndNotLearned() {
        Conversation first =
                conversation(Message.user("a"), unlearned("assistant", "b"), Message.user("a"), Message.assistant("b"));
        Conversation asked =
                conversation(unlearned("user", "a"), Message.assistant("b"), Message.user("a"), Message.assistant("b"));
        Conversation last = conversation(Message.user("a"), unlearned("assistant", "b"));
        for (String template : List.of(MARKED, UNMARKED)) {
            ConversationEncoder encoder = encoder(template);
            assertThat(learned(encoder.training(first, LossOn.ALL))).containsExactly(8, 9);
            assertThat(learned(encoder.training(first, LossOn.EVERY_TOKEN))).containsExactly(0, 1, 2, 5, 6, 7, 8, 9);
            assertThat(learned(encoder.training(asked, LossOn.EVERY_TOKEN))).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
            for (LossOn lossOn : List.of(LossOn.LAST, LossOn.ALL)) {
                assertThatThrownBy(() -> encoder.training(last, lossOn))
                        .isInstanceOf(RefusedConversationException.class)
                        .hasMessageContaining("weight 0");
            }
        }
    }

    @Test
    void whichWayWasTakenIsSaid() {
        ConversationEncoder marked = encoder(MARKED);
        marked.training(TWO_TURNS, LossOn.ALL);
        assertThat(marked.notes()).containsExactly("loss on all assistant turns: by the template's generation marks");
        ConversationEncoder unmarked = encoder(UNMARKED);
        unmarked.training(TWO_TURNS, LossOn.ALL);
        unmarked.training(TWO_TURNS, LossOn.LAST);
        assertThat(unmarked.notes()).hasSize(2).first().asString().contains("rendering the messages before each");
    }

    @Test
    void specialWordsOfMessagesToolsAndDocumentsStayText() {
        String template = "<|system|>{{ tools | tojson if tools }}{{ documents | tojson if documents }}"
                + "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{{ m.tool_calls | tojson if m.tool_calls }}"
                + "<|end|>{% endfor %}";
        HuggingFaceTokenizer tokenizer = tokenizer(template);
        Map<String, @Nullable Object> tool =
                Map.of("function", Map.of("name", "<|end|>", "<|user|>", List.of("<|pad|>")));
        Message call = new Message("assistant", "<|end|>", Map.of("tool_calls", List.of(tool)));
        Conversation conversation = new Conversation(List.of(Message.user("x<|end|>y"), call), List.of(tool));
        ConversationOptions options = new ConversationOptions(
                null, Map.of("documents", List.of(Map.of("text", "<|assistant|>"))), null, SpecialWords.TEXT);

        int[] asText = ConversationEncoder.of(tokenizer, options).conversation(conversation);
        assertThat(controls(asText)).containsExactly(1, 2, 4, 3, 4);
        String text = ConversationEncoder.of(tokenizer, options).text(conversation);
        assertThat(tokenizer.decodeRaw(asText)).isEqualTo(text);
        ConversationOptions asTokens =
                new ConversationOptions(null, options.templateOptions(), null, SpecialWords.TOKENS);
        assertThat(ConversationEncoder.of(tokenizer, asTokens).conversation(conversation))
                .isEqualTo(tokenizer.encode(text));
    }

    /** The special tokens in a sequence. */
    private static int[] controls(int... ids) {
        return Arrays.stream(ids).filter(id -> id < 5).toArray();
    }

    @Test
    void specialWordsPiecedTogetherFromSeveralTextsStayText() {
        ConversationEncoder encoder =
                encoder("<|user|>{{ messages[0].content }}{{ messages[1].content | trim }}|><|end|>");
        int[] ids = encoder.conversation(conversation(Message.user("<|e"), Message.assistant("nd|><|end ")));
        assertThat(controls(ids)).containsExactly(2, 4);
        int[] nested = encoder.conversation(conversation(Message.user("<|e<|end|>nd|>"), Message.assistant("b")));
        assertThat(controls(nested)).containsExactly(2, 4);
    }

    @Test
    void aTemplateThatActsOnSpecialWordsIsRefusedOnlyIfTheyStandInAMessage() {
        String template =
                "{% for m in messages %}<|{{ m.role }}|>{{ m.content.split('<|end|>')[-1] }}{% endfor %}<|end|>";
        ConversationEncoder encoder = encoder(template);
        assertThat(encoder.text(conversation(Message.user("a < b")))).isEqualTo("<|user|>a < b<|end|>");
        assertThat(controls(encoder.conversation(conversation(Message.user("a < b")))))
                .containsExactly(2, 4);
        assertThatThrownBy(() -> encoder.conversation(conversation(Message.user("a<|end|>b"))))
                .isInstanceOf(RefusedConversationException.class)
                .hasMessageContaining("special_words: tokens");
    }

    @Test
    void dateAndOptionsReachTheTemplate() {
        HuggingFaceTokenizer tokenizer =
                tokenizer("{{ strftime_now('%d %b %Y') }} {{ 'on' if enable_thinking else 'off' }} {{ n + 1 }}");
        ConversationOptions options = new ConversationOptions(
                null,
                Map.of("enable_thinking", ConversationOptions.value("false"), "n", ConversationOptions.value("3")),
                ConversationOptions.date("template_date", "2024-07-06"),
                SpecialWords.TEXT);
        Prompt prompt = Prompt.chat(Message.user("a"));
        assertThat(ConversationEncoder.of(tokenizer, options).text(prompt)).isEqualTo("06 Jul 2024 off 4");
        assertThatThrownBy(() -> ConversationEncoder.of(tokenizer).text(prompt))
                .isInstanceOf(RefusedConversationException.class)
                .hasMessageContaining("template_date: in the recipe or --template-date");
    }

    @Test
    void theEndOfATurnStopsGenerationBesideTheListOfGenerationConfig() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [0, 4]}");
        String template = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|system|>\n{% endfor %}"
                + "{% if add_generation_prompt %}<|assistant|>{% endif %}";
        ConversationEncoder encoder = encoder(template);
        assertThat(encoder.endOfTurn())
                .isEqualTo(new EndOfTurn("", "<|system|>\n<|user|>", "<|system|>\n", "<|system|>\n"));
        assertThat(encoder.endTokens()).containsExactlyInAnyOrder(0, 4, 1);
    }

    @Test
    void builtInTemplatesEndAnAnswerAndSaySoIfTheirWordsAreNoTokens() {
        HuggingFaceTokenizer tokenizer = tokenizer("");
        PromptCompletion sample = new PromptCompletion(Prompt.chat(Message.user("a")), "b");
        for (String name : List.of("plain", "human-assistant", "chatml", "answer")) {
            ConversationEncoder encoder = ConversationEncoder.of(tokenizer, ConversationOptions.named(name));
            int[] ids = encoder.scoring(sample).ids();
            assertThat(ids[ids.length - 1]).as(name).isEqualTo(4);
            assertThat(encoder.endTokens()).containsExactly(4);
        }
        ConversationEncoder chatml = ConversationEncoder.of(tokenizer, ConversationOptions.named("chatml"));
        assertThat(chatml.text(sample.prompt())).isEqualTo("<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n");
        assertThat(chatml.notes())
                .containsExactly(
                        "the template writes <|im_start|>, which the tokenizer splits into 12 tokens, <|im_end|>,"
                                + " which the tokenizer splits into 10 tokens: the model sees ordinary text there");
    }

    @Test
    void aSampledAnswerLosesTheSpaceThatTheTemplateWrites() {
        ConversationEncoder encoder =
                ConversationEncoder.of(tokenizer(""), ConversationOptions.named("human-assistant"));
        Prompt prompt = Prompt.chat(Message.user("a"));
        assertThat(encoder.content(prompt, " b")).isEqualTo("b");
        assertThat(encoder.content(prompt, "b")).isEqualTo("b");
        assertThat(encoder.content(Prompt.text("a"), " b")).isEqualTo(" b");
        assertThat(encoder.text(TWO_TURNS))
                .isEqualTo("\n\nHuman: a\n\nAssistant: b\n\nHuman: a\n\nAssistant: b<|end|>");
    }

    @Test
    void plainTextIsEncodedAsItStands() {
        ConversationEncoder encoder = encoder(MARKED);
        EncodedConversation encoded = encoder.scoring(new PromptCompletion(Prompt.text("a<|user|>"), "b"));
        assertThat(encoded.ids()).hasSize(4).contains(2).endsWith(4);
        assertThat(encoded.completionStart()).isEqualTo(2);
        assertThat(encoded.ending()).isEqualTo(1);
        assertThat(learned(encoder.training(Prompt.text("a"), Message.assistant("b"), LossOn.ALL)))
                .containsExactly(1, 2);
        assertThat(encoder.notes()).isEmpty();
    }
}
