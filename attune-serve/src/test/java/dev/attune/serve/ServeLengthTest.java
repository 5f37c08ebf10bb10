package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 6: prompts and answers that do not fit. */
class ServeLengthTest extends ServeTest {
    private static ObjectNode prompt(int length, String... more) {
        String ids = IntStream.range(0, length).mapToObj(i -> "300").collect(Collectors.joining(","));
        ObjectNode body = text(more);
        body.put("model", S);
        body.set("prompt", object("{\"p\":[" + ids + "]}").get("p"));
        return body;
    }

    @Test
    void aPromptThatIsTooLongIsRefusedWithBothLengths() {
        JsonNode error = refused(400, prompt(600));

        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(error.get("message").stringValue()).contains("512").contains("600");
        refused(400, prompt(512));
        prompt(600, "{'max_tokens':null}");
        assertThat(refused(400, prompt(600, "{'max_tokens':null}")).get("code").stringValue())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void theLastPositionMayBeFilledButNotPassed() {
        assertThat(ask(prompt(504)).at("/usage/total_tokens").intValue()).isEqualTo(512);
        assertThat(refused(400, prompt(505)).get("code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(refused(400, prompt(5, "{'max_tokens':100000000}"))
                        .get("code")
                        .stringValue())
                .isEqualTo("context_length_exceeded");
        assertThat(refused(400, prompt(5, "{'max_tokens':100000000000}"))
                        .get("code")
                        .stringValue())
                .isEqualTo("context_length_exceeded");
        assertThat(refused(400, chat("{'max_tokens':8192}")).get("code").stringValue())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void theDefaultOfCompletionsIs16OrWhatIsLeft() {
        assertThat(ask(prompt(5, "{'max_tokens':null}"))
                        .at("/usage/completion_tokens")
                        .intValue())
                .isEqualTo(16);
        assertThat(ask(prompt(510, "{'max_tokens':null}"))
                        .at("/usage/completion_tokens")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void bothNamesOfTheLimitCount() {
        assertThat(ask(chat("{'max_tokens':null,'max_completion_tokens':3}"))
                        .at("/usage/completion_tokens")
                        .intValue())
                .isEqualTo(3);
        assertThat(ask(chat("{'max_tokens':9,'max_completion_tokens':3}"))
                        .at("/usage/completion_tokens")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void aChatWithoutALimitRunsToTheEndOfTheTurn() {
        engine.script((request, at) -> at < 100 ? Integer.valueOf(300) : null);

        JsonNode answer = ask(chat("{'max_tokens':null}"));

        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(100);
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(engine.last.maxNewTokens()).isEqualTo(8192 - 31);
    }
}
