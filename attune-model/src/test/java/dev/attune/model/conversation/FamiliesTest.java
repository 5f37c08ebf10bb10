package dev.attune.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every conversation of every family, as transformers renders and encodes it, through the conversation encoder. */
@Tag("shared")
class FamiliesTest {
    private static final String ROLE = "assistant";

    @TestFactory
    Stream<DynamicContainer> everyConversationOfEveryFamily() {
        return FamilyFixture.names().stream().map(FamilyFixture::open).map(family -> {
            List<DynamicTest> tests = new ArrayList<>();
            tests.add(DynamicTest.dynamicTest("end of turn", () -> endOfTurn(family)));
            family.conversations().forEach((name, golden) -> {
                tests.add(DynamicTest.dynamicTest(name + ": whole", () -> whole(family, golden)));
                tests.add(DynamicTest.dynamicTest(name + ": prompt", () -> prompt(family, golden)));
                tests.add(DynamicTest.dynamicTest(name + ": last turn", () -> lastTurn(family, golden)));
                tests.add(DynamicTest.dynamicTest(name + ": all turns", () -> allTurns(family, golden)));
            });
            return DynamicContainer.dynamicContainer(family.name(), tests.stream());
        });
    }

    private static void endOfTurn(FamilyFixture family) {
        JsonNode end = family.golden().get("end_of_turn");
        ConversationEncoder encoder = family.encoder(end, SpecialWords.TEXT);
        assertThat(encoder.endOfTurn().beforeNextUser())
                .isEqualTo(end.get("before_next_user").stringValue());
        assertThat(encoder.endOfTurn().atEnd()).isEqualTo(end.get("at_end").stringValue());
        assertThat(encoder.endOfTurn().common()).isEqualTo(end.get("common").stringValue());
        int first = family.tokenizer().encode(end.get("common").stringValue())[0];
        assertThat(encoder.endTokens())
                .contains(first)
                .containsAll(family.tokenizer().eosIds());
    }

    /** Text, ids, and the ids that a reward model reads. */
    private static void whole(FamilyFixture family, JsonNode golden) {
        Conversation conversation = FamilyFixture.conversation(golden);
        ConversationEncoder asTokens = family.encoder(golden, SpecialWords.TOKENS);
        ConversationEncoder asText = family.encoder(golden, SpecialWords.TEXT);
        if (golden.has("error")) {
            assertThatThrownBy(() -> asTokens.conversation(conversation))
                    .isInstanceOf(RefusedConversationException.class)
                    .hasMessageContaining(
                            golden.get("error").get("message").stringValue().strip());
            assertThatThrownBy(() -> asText.conversation(conversation))
                    .isInstanceOf(RefusedConversationException.class);
            return;
        }
        int[] ids = FamilyFixture.ids(golden.get("ids"));
        int[] sanitized = golden.has("ids_sanitized") ? FamilyFixture.ids(golden.get("ids_sanitized")) : ids;
        assertThat(asTokens.text(conversation)).isEqualTo(golden.get("text").stringValue());
        assertThat(asText.text(conversation)).isEqualTo(golden.get("text").stringValue());
        assertThat(asTokens.conversation(conversation)).isEqualTo(ids);
        assertThat(asText.conversation(conversation)).isEqualTo(sanitized);
        if (endsWithAnswer(conversation) && !golden.has("prompt_error")) {
            int last = conversation.messages().size() - 1;
            EncodedConversation scored = asText.scoring(
                    new Prompt.Chat(conversation.messages().subList(0, last)),
                    conversation.messages().get(last));
            assertThat(scored.ids()).isEqualTo(sanitized);
            if (golden.get("prompt_is_prefix").get("ids").asBoolean() && !golden.has("ids_sanitized")) {
                assertThat(scored.completionStart())
                        .isEqualTo(Objects.requireNonNull(FamilyFixture.ids(golden.get("prompt_ids"))).length);
            }
        }
    }

    /** The prompt as in generation and PPO. */
    private static void prompt(FamilyFixture family, JsonNode golden) {
        Conversation conversation = FamilyFixture.conversation(golden);
        int asked = endsWithAnswer(conversation)
                ? conversation.messages().size() - 1
                : conversation.messages().size();
        Prompt prompt = new Prompt.Chat(conversation.messages().subList(0, asked));
        ConversationEncoder encoder = family.encoder(golden, SpecialWords.TOKENS);
        if (golden.has("prompt_error")) {
            assertThatThrownBy(() -> encoder.prompt(prompt)).isInstanceOf(RefusedConversationException.class);
            return;
        }
        assertThat(encoder.text(prompt)).isEqualTo(golden.get("prompt_text").stringValue());
        assertThat(encoder.prompt(prompt)).isEqualTo(FamilyFixture.ids(golden.get("prompt_ids")));
    }

    private static void lastTurn(FamilyFixture family, JsonNode golden) {
        Conversation conversation = FamilyFixture.conversation(golden);
        if (!endsWithAnswer(conversation)) {
            return;
        }
        ConversationEncoder encoder = family.encoder(golden, SpecialWords.TOKENS);
        if (golden.has("error") || golden.has("prompt_error")) {
            assertThatThrownBy(() -> encoder.training(conversation, LossOn.LAST))
                    .isInstanceOf(RefusedConversationException.class);
            return;
        }
        int[] prompt = Objects.requireNonNull(FamilyFixture.ids(golden.get("prompt_ids")));
        EncodedConversation encoded = encoder.training(conversation, LossOn.LAST);
        assertThat(Arrays.copyOf(encoded.ids(), prompt.length)).isEqualTo(prompt);
        int[] learned = new int[encoded.length()];
        Arrays.fill(learned, prompt.length, learned.length, 1);
        assertThat(encoded.learned()).isEqualTo(learned);
        if (golden.get("prompt_is_prefix").get("ids").asBoolean()) {
            assertThat(encoded.ids()).isEqualTo(FamilyFixture.ids(golden.get("ids")));
        } else {
            answerAndEnd(family, golden, conversation, encoded);
        }
    }

    /** The answer after a prompt that is not a prefix of the whole conversation. */
    private static void answerAndEnd(
            FamilyFixture family, JsonNode golden, Conversation conversation, EncodedConversation encoded) {
        String text = family.tokenizer()
                .decodeRaw(Arrays.copyOfRange(encoded.ids(), encoded.completionStart(), encoded.length()));
        String end = family.golden().get("end_of_turn").get("at_end").stringValue();
        assertThat(golden.get("text").stringValue()).endsWith(text);
        assertThat(text).endsWith(end);
        String answer =
                conversation.messages().get(conversation.messages().size() - 1).content();
        String visible = answer.contains("</think>") ? answer.substring(answer.indexOf("</think>") + 8) : answer;
        assertThat(text.substring(0, text.length() - end.length()).strip()).endsWith(visible.strip());
    }

    private static void allTurns(FamilyFixture family, JsonNode golden) {
        Conversation conversation = FamilyFixture.conversation(golden);
        if (golden.has("error") || !endsWithAnswer(conversation)) {
            return;
        }
        ConversationEncoder encoder = family.encoder(golden, SpecialWords.TOKENS);
        boolean marked = family.golden().get("generation_marks").asBoolean();
        if (!marked && golden.get("prefix_inconsistent").asBoolean()) {
            assertThatThrownBy(() -> encoder.training(conversation, LossOn.ALL))
                    .isInstanceOf(RefusedConversationException.class)
                    .hasMessageContaining("loss_on: last");
            return;
        }
        EncodedConversation encoded = encoder.training(conversation, LossOn.ALL);
        assertThat(encoded.ids()).isEqualTo(FamilyFixture.ids(golden.get("ids")));
        assertThat(encoded.learned())
                .isEqualTo(FamilyFixture.ids(golden.get(marked ? "assistant_mask_transformers" : "assistant_mask")));
    }

    private static boolean endsWithAnswer(Conversation conversation) {
        List<Message> messages = conversation.messages();
        return messages.get(messages.size() - 1).role().equals(ROLE);
    }
}
