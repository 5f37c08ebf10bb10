package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 3: the shape of a stream and its ends. */
class ServeStreamTest extends ServeTest {
    @Test
    void allChunksHaveTheSameHead() {
        engine.script(ids("Hello there"));

        List<JsonNode> chunks = chunks(chat());

        assertThat(chunks.get(0).at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        Set<String> heads = chunks.stream()
                .map(chunk -> chunk.get("id") + " " + chunk.get("created") + " " + chunk.get("model") + " "
                        + chunk.get("object"))
                .collect(Collectors.toSet());
        assertThat(heads).hasSize(1);
        assertThat(heads.iterator().next()).endsWith("\"smollm2\" \"chat.completion.chunk\"");
        for (JsonNode chunk : chunks) {
            assertThat(chunk.at("/choices/0/index").intValue()).isZero();
            assertThat(chunk.has("usage")).isFalse();
        }
        assertThat(finishes(chunks, 0)).containsExactly("stop");
        assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").stringValue())
                .isEqualTo("stop");
        assertThat(joined(chunks, 0)).isEqualTo("Hello there");
    }

    @Test
    void aCutAnswerSaysLengthBothWays() {
        ObjectNode body = chat("{'max_tokens':1}");

        assertThat(ask(body).at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
        assertThat(finishes(chunks(body), 0)).containsExactly("length");
    }

    @Test
    void usageComesLastAndOnlyIfAskedFor() {
        List<JsonNode> chunks = chunks(chat("{'stream_options':{'include_usage':true}}"));

        JsonNode last = chunks.get(chunks.size() - 1);
        assertThat(last.get("choices").size()).isZero();
        assertThat(last.get("usage").toString())
                .isEqualTo("{\"prompt_tokens\":31,\"completion_tokens\":16,\"total_tokens\":47}");
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allMatch(chunk ->
                        chunk.get("usage").isNull() && chunk.get("choices").size() == 1);
        assertThat(ask(chat()).get("usage")).isEqualTo(last.get("usage"));
    }

    @Test
    void completionsStreamTheSameWay() {
        List<JsonNode> chunks = chunks(text("{'n':2,'stream_options':{'include_usage':true}}"));

        JsonNode whole = ask(text("{'n':2}"));
        for (int i = 0; i < 2; i++) {
            assertThat(joined(chunks, i))
                    .isEqualTo(whole.at("/choices/" + i + "/text").stringValue());
            assertThat(finishes(chunks, i)).containsExactly("length");
        }
        assertThat(chunks.get(0).get("object").stringValue()).isEqualTo("text_completion");
        assertThat(chunks.get(chunks.size() - 1).get("usage")).isEqualTo(whole.get("usage"));
        assertThat(whole.at("/usage/completion_tokens").intValue()).isEqualTo(16);
    }

    @Test
    void aFailureAfterTheStartIsAnEventAndNoEnd() {
        engine.failAt(3, new IllegalStateException("secret detail"));

        List<String> events = events(chat());

        String last = events.get(events.size() - 1);
        assertThat(object(last).at("/error/type").stringValue()).isEqualTo("server_error");
        assertThat(last).doesNotContain("secret");
        assertThat(events).noneMatch(event -> event.equals("[DONE]") || event.contains("\"finish_reason\":\""));
        assertThat(refused(500, chat()).get("message").stringValue()).doesNotContain("secret");
    }

    @Test
    void theEndTokenIsNeitherTextNorCounted() {
        engine.script(ids("Hello there"));

        JsonNode answer = ask(chat("{'logprobs':true,'return_token_ids':true}"));

        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(2);
        assertThat(answer.at("/choices/0/logprobs/content").size()).isEqualTo(2);
        assertThat(answer.at("/choices/0/token_ids").toString()).isEqualTo("[19556,665,2]");
        assertThat(answer.at("/prompt_token_ids").size()).isEqualTo(31);
    }
}
