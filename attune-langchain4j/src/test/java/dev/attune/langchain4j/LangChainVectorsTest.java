package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LangChainVectorsTest {
    private final StandIn server = new StandIn();

    @AfterEach
    void close() {
        server.close();
    }

    private AttuneEmbeddingModel embeddings() {
        return AttuneEmbeddingModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .build();
    }

    private AttuneScoringModel scores(boolean conversations) {
        return AttuneScoringModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .conversations(conversations)
                .build();
    }

    private static List<TextSegment> segments(String... texts) {
        return List.of(texts).stream().map(TextSegment::from).toList();
    }

    /** Answers in reverse order: the number of each input's letters. */
    private static StandIn.Reply reversed(String inputs, String name, boolean vector) {
        return (exchange, body) -> {
            ObjectNode answer = JsonMapper.shared().createObjectNode().put("model", "served");
            JsonNode texts = body.get(inputs);
            for (int i = texts.size() - 1; i >= 0; i--) {
                JsonNode text = texts.get(i);
                int length = (text.isString() ? text : text.get("completion"))
                        .stringValue()
                        .length();
                ObjectNode item = answer.withArray("data").addObject().put("index", i);
                if (vector) {
                    item.putArray(name).add(length).add(0.5);
                } else {
                    item.put(name, length);
                }
            }
            answer.putObject("usage").put("prompt_tokens", texts.size());
            StandIn.json(200, answer.toString()).send(exchange, body);
        };
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() {
        server.replies(reversed("input", "embedding", true));
        Response<List<Embedding>> answer = embeddings().embedAll(segments("aaa", "b", "aaa"));
        assertThat(answer.content())
                .containsExactly(
                        Embedding.from(new float[] {3, 0.5f}),
                        Embedding.from(new float[] {1, 0.5f}),
                        Embedding.from(new float[] {3, 0.5f}));
        assertThat(answer.tokenUsage()).isEqualTo(new TokenUsage(3, 0, 3));
        assertThat(server.body())
                .isEqualTo(JsonMapper.shared().readTree("{\"model\":\"m\",\"input\":[\"aaa\",\"b\",\"aaa\"]}"));
        assertThat(embeddings().dimension()).isEqualTo(2);
    }

    @Test
    void manyTextsAreSeveralRequests() {
        server.replies(reversed("input", "embedding", true));
        List<TextSegment> many = IntStream.rangeClosed(1, 300)
                .mapToObj(i -> TextSegment.from("a".repeat(i)))
                .toList();
        Response<List<Embedding>> answer = embeddings().embedAll(many);
        List<Float> firsts = new ArrayList<>();
        answer.content().forEach(vector -> firsts.add(vector.vector()[0]));
        assertThat(firsts)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 300).mapToObj(i -> (float) i).toList());
        assertThat(server.asked()).hasSize(2);
        assertThat(answer.tokenUsage().inputTokenCount()).isEqualTo(300);
    }

    @Test
    void modelAndDimensionsOfARequestAreSent() {
        server.replies(reversed("input", "embedding", true));
        embeddings()
                .embed(EmbeddingRequest.builder()
                        .input("a")
                        .modelName("other")
                        .dimensions(2)
                        .build());
        assertThat(server.body())
                .isEqualTo(JsonMapper.shared().readTree("{\"model\":\"other\",\"input\":[\"a\"],\"dimensions\":2}"));
    }

    @Test
    void noTextsNeedNoRequest() {
        assertThat(embeddings().embedAll(List.of())).isEqualTo(Response.from(List.of(), new TokenUsage(0, 0, 0)));
        assertThat(scores(false).scoreAll(List.of(), "q")).isEqualTo(Response.from(List.of(), new TokenUsage(0, 0, 0)));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void answersWithoutOneElementPerTextAreErrors() {
        server.replies(StandIn.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1]}]}"));
        assertThatThrownBy(() -> embeddings().embedAll(segments("a", "b")))
                .isExactlyInstanceOf(LangChain4jException.class)
                .hasMessage("the server answered 1 of 2 inputs, expected one element for each");
        server.replies(
                StandIn.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}"));
        assertThatThrownBy(() -> embeddings().embedAll(segments("a", "b")))
                .isExactlyInstanceOf(LangChain4jException.class)
                .hasMessageContaining("the index 0, expected each of 0 to 1 once");
    }

    @Test
    void scoresComeInTheOrderOfTheTexts() {
        server.replies(reversed("text_2", "score", false));
        Response<List<Double>> answer = scores(false).scoreAll(segments("aa", "b", "aa"), "q");
        assertThat(answer.content()).containsExactly(2.0, 1.0, 2.0);
        assertThat(answer.tokenUsage()).isEqualTo(new TokenUsage(3, 0, 3));
        assertThat(server.body())
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"model\":\"m\",\"text_1\":\"q\",\"text_2\":[\"aa\",\"b\",\"aa\"]}"));
    }

    @Test
    void queriesMayBeMessagesOfAUser() {
        server.replies(reversed("items", "score", false));
        assertThat(scores(true).score("aa", "q").content()).isEqualTo(2.0);
        assertThat(server.body())
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"model\":\"m\",\"items\":[{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],"
                                + "\"completion\":\"aa\"}]}"));
    }
}
