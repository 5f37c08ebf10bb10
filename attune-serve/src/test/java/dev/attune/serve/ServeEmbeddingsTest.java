package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 13: embeddings. */
class ServeEmbeddingsTest extends ServeTest {
    private static ObjectNode input(String input, String... more) {
        return with("{'model':'smollm2','input':" + input + "}", more);
    }

    private JsonNode embed(ObjectNode body) {
        var answer = post("/v1/embeddings", body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return object(answer.body());
    }

    @Test
    void base64IsTheSameVector() {
        JsonNode numbers = embed(input("'Hello'")).at("/data/0/embedding");
        String text = embed(input("'Hello'", "{'encoding_format':'base64'}"))
                .at("/data/0/embedding")
                .stringValue();

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.size()).isEqualTo(8);
        for (JsonNode number : numbers) {
            assertThat(bytes.getFloat()).isEqualTo(number.floatValue());
        }
    }

    @Test
    void idsAreTheTokensOfTheText() {
        JsonNode byIds = embed(input("[[19556,905],[1]]"));
        JsonNode byTexts = embed(input("['Hello world','<|im_start|>']"));

        assertThat(byIds).isEqualTo(byTexts);
        assertThat(byIds.at("/data/1/index").intValue()).isEqualTo(1);
        assertThat(byIds.get("usage").toString()).isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":3}");
        assertThat(embed(input("[19556,905]")).at("/data/0")).isEqualTo(byIds.at("/data/0"));
        assertThat(byIds.get("model").stringValue()).isEqualTo("smollm2");
    }

    @Test
    void fewerDimensionsHaveLength1() {
        JsonNode numbers = embed(input("'Hello'", "{'dimensions':5}")).at("/data/0/embedding");

        assertThat(numbers.size()).isEqualTo(5);
        assertThat(numbers.valueStream()
                        .mapToDouble(n -> n.doubleValue() * n.doubleValue())
                        .sum())
                .isBetween(0.9999, 1.0001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input':''|400|input",
                "'input':[]|400|input",
                "'input':[[]]|400|input",
                "'input':['a',5]|400|input",
                "'input':[49152]|400|input",
                "'input':null|400|input",
                "'dimensions':9|400|dimensions",
                "'dimensions':0|400|dimensions",
                "'encoding_format':'hex'|400|encoding_format",
                "'model':'nobody'|404|model",
                "'model':'stories'|400|model",
                "'pooling':'max'|400|pooling",
            })
    void wrongRequestsAreNamed(String field, int status, String param) {
        JsonNode error = refused(
                status, "/v1/embeddings", input("'Hello'", "{" + field + "}").toString());

        assertThat(error.get("param").stringValue()).isEqualTo(param);
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        JsonNode error =
                refused(400, "/v1/embeddings", input("'" + longText(9000) + "'").toString());

        assertThat(error.get("code").stringValue()).isEqualTo("context_length_exceeded");
    }
}
