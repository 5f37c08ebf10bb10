package dev.attune.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against what transformers' jinja2 rendered (attune-bench/peers/template_fixture.py). */
class ChatTemplateTest {
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

    @TempDir
    Path dir;

    private static JsonNode fixture() throws IOException {
        try (InputStream stored = Objects.requireNonNull(ChatTemplateTest.class.getResourceAsStream("rendered.json"))) {
            return JsonMapper.shared().readTree(stored);
        }
    }

    private static List<Message> messages(JsonNode node) {
        return node.valueStream()
                .map(m -> new Message(
                        m.get("role").stringValue(), m.get("content").stringValue()))
                .toList();
    }

    private static void check(String source, List<Message> messages, boolean add, JsonNode expected) {
        if (expected.has("error")) {
            assertThatThrownBy(
                            () -> ChatTemplate.jinja("template", source, TOKENS).render(messages, add))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith("template: ");
        } else {
            assertThat(ChatTemplate.jinja("template", source, TOKENS).render(messages, add))
                    .isEqualTo(expected.get("expected").stringValue());
        }
    }

    @TestFactory
    Stream<DynamicTest> conversationsInTheStylesOfKnownModels() throws IOException {
        JsonNode fixture = fixture();
        JsonNode templates = fixture.get("templates");
        return fixture.get("cases")
                .valueStream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").stringValue(),
                        () -> check(
                                templates
                                        .get(entry.get("template").stringValue())
                                        .stringValue(),
                                messages(entry.get("messages")),
                                entry.get("add").asBoolean(),
                                entry)));
    }

    @TestFactory
    Stream<DynamicTest> constructsThatRenderersGetWrong() throws IOException {
        JsonNode fixture = fixture();
        return fixture.get("constructs")
                .valueStream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("template").stringValue(),
                        () -> check(
                                entry.get("template").stringValue(), messages(fixture.get("messages")), true, entry)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{% include 'x' %} | the tag 'include'",
                "{% autoescape true %}x{% endautoescape %} | the tag 'autoescape'",
                "{% import 'x' as y %} | the tag 'import'",
                "{{ strftime_now('%d') }} | --template-date",
                "`{{ 'x'|xmlattr }}` | the filter 'xmlattr'",
                "`{{ 'x'|pprint }}` | the filter 'pprint'",
                "`{{ ('<'|safe) + 'x' }}` | the filter 'safe'",
                "{{ 'x'.translate(3) }} | the method 'translate'",
                "{{ messages is foo }} | the test 'foo'",
                "{{ messages.__class__ }} | __class__",
                "{{ '%*d' % 'x' }} | the format",
                "{{ self }} | printing",
                "`{{ messages|map('upper') }}` | printing",
                "{{ (1 }} | line 1",
                "{{ 'x | no end",
                "{% if x %} | line 1",
                "{% endif %} | the tag 'endif'",
                "{{ range(1000000) }} | 100000",
                "{% macro m() %}{{ varargs() }}{% endmacro %}{{ m() }} | varargs",
            })
    void whatIsNotKnownIsRefusedByName(String source, String named) {
        assertThatThrownBy(() -> ChatTemplate.jinja("t.jinja", source, TOKENS).render(List.of(Message.user("x")), true))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("t.jinja")
                .hasMessageContaining(named);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "{{ " + "(".repeat(100_000) + ")".repeat(100_000) + " }}";

        assertThatThrownBy(() -> ChatTemplate.jinja("t", deep, TOKENS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void theAnswersTemplateShowsNothingOfTheConversation() {
        List<Message> chat = List.of(new Message("system", "Be brief."), Message.user("Why?"));
        assertThat(ChatTemplate.named("answer", Map.of()).render(chat, true)).isEmpty();
    }

    @Test
    void builtInsWriteWhatTheyPromise() throws IOException {
        List<Message> chat = List.of(Message.user("Hi"), Message.assistant("Hello"), Message.user("Bye"));

        assertThat(ChatTemplate.named("plain", TOKENS).render(chat, true)).isEqualTo("Hi\nHello\nBye\n");
        assertThat(ChatTemplate.named("human-assistant", TOKENS).render(chat, true))
                .isEqualTo("\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Bye\n\nAssistant:");
        String chatml = fixture().get("templates").get("chatml").stringValue();
        for (boolean add : new boolean[] {true, false}) {
            assertThat(ChatTemplate.named("chatml", TOKENS).render(chat, add))
                    .isEqualTo(ChatTemplate.jinja("chatml", chatml, TOKENS).render(chat, add));
        }
        Path file = Files.writeString(dir.resolve("own.jinja"), "{{ eos_token }}{{ messages|length }}");
        assertThat(ChatTemplate.named(file.toString(), TOKENS).render(chat, true))
                .isEqualTo("</s>3");
        assertThatThrownBy(() -> ChatTemplate.named("chatmll", TOKENS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("human-assistant");
    }

    private HuggingFaceTokenizer tokenizer(String template) {
        new BpeTrainer(300)
                .specialTokens(List.of("<|pad|>", "<|user|>", "<|assistant|>", "<|end|>"))
                .train(Stream.of("who is there"))
                .save(dir, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, template));
        return HuggingFaceTokenizer.load(dir);
    }

    @Test
    void promptsBecomeTokensInOneWay() {
        String template = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}"
                + "{% if m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}<|assistant|>{% endif %}";
        try (HuggingFaceTokenizer tokenizer = tokenizer(template)) {
            ConversationEncoder encoder = ConversationEncoder.of(tokenizer);

            int[] chat = encoder.prompt(Prompt.chat(Message.user("who"), Message.assistant("me"), Message.user("is")));
            assertThat(tokenizer.decodeRaw(chat)).isEqualTo("<|user|>who<|assistant|>me<|end|><|user|>is<|assistant|>");
            assertThat(chat[0]).isEqualTo(1);
            assertThat(encoder.prompt(Prompt.text("who"))).containsExactly(tokenizer.encode("who"));
            int[] other = ConversationEncoder.of(tokenizer, ConversationOptions.named("plain"))
                    .prompt(Prompt.chat(Message.user("who")));
            assertThat(tokenizer.decode(other)).isEqualTo("who\n");
        }
    }

    @Test
    void aConversationWithoutATemplateIsRefused() throws IOException {
        try (HuggingFaceTokenizer tokenizer = tokenizer("")) {
            assertThat(ConversationEncoder.of(tokenizer).text(Prompt.chat(Message.user("x"))))
                    .isEmpty();
        }
        Files.writeString(dir.resolve("tokenizer_config.json"), "{}");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(dir)) {
            assertThatThrownBy(() -> ConversationEncoder.of(tokenizer).prompt(Prompt.chat(Message.user("x"))))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("plain | human-assistant | chatml | FILE");
        }
    }

    @Test
    void aTemplateThatCannotBeReadHurtsOnlyConversations() throws IOException {
        Files.writeString(dir.resolve("chat_template.jinja"), "{% include 'x' %}");
        try (HuggingFaceTokenizer tokenizer = tokenizer("unused")) {
            ConversationEncoder encoder = ConversationEncoder.of(tokenizer);
            assertThat(encoder.prompt(Prompt.text("who"))).isNotEmpty();
            assertThatThrownBy(() -> encoder.prompt(Prompt.chat(Message.user("x"))))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("chat_template.jinja")
                    .hasMessageContaining("'include'");
        }
    }

    @Test
    void aTemplateInAFileKnowsTheTokenizersSpecialTokens() throws IOException {
        Path file = Files.writeString(
                dir.resolve("mine.jinja"), "{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}");
        try (HuggingFaceTokenizer tokenizer = tokenizer("unused")) {
            ConversationEncoder encoder = ConversationEncoder.of(tokenizer, ConversationOptions.named(file.toString()));
            assertThat(encoder.text(Prompt.chat(Message.user("who")))).isEqualTo("who<|end|>");
            int[] tokens = encoder.prompt(Prompt.chat(Message.user("who")));
            assertThat(tokens[tokens.length - 1]).isEqualTo(tokenizer.eosId());
            assertThat(ConversationEncoder.of(tokenizer).text(Prompt.chat(Message.user("who"))))
                    .isEqualTo("unused");
        }
    }
}
