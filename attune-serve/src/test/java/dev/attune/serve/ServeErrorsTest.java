package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults of kind 17: errors. */
class ServeErrorsTest extends ServeTest {
    @Test
    void anUnknownModelIsNotFound() {
        JsonNode error = refused(404, chat("{'model':'nobody'}"));

        assertThat(error.get("code").stringValue()).isEqualTo("model_not_found");
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(get("/v1/models/nobody").statusCode()).isEqualTo(404);
        assertThat(refused(404, chat("{'model':'nobody','stream':true}"))
                        .get("code")
                        .stringValue())
                .isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "[]",
                "5",
                "null",
                "\"a\"",
                "{}",
                "{\"model\":5}",
                "{\"model\":\"smollm2\"} x",
                "{\"a\":1,\"a\":2}",
                "\u0000",
                "{\"model\":NaN}",
                "{'model':'smollm2'}"
            })
    void bodiesThatAreNoRequestsAreRefused(String body) {
        for (String path : new String[] {"/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/score"}) {
            refused(400, path, body);
        }
    }

    @Test
    void deepBodiesAreRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refused(400, "/v1/chat/completions", deep);
        refused(400, "/v1/chat/completions", "{\"model\":\"smollm2\",\"messages\":" + deep + "}");
        refused(400, "/v1/completions", text("{'temperature':1e999}").toString().replace("Infinity", "1e999"));
        refused(400, "/v1/completions", "{\"model\":\"smollm2\",\"prompt\":\"a\",\"seed\":1e1000000000}");
        refused(400, "/v1/completions", "{\"model\":\"smollm2\",\"prompt\":\"a\",\"seed\":" + "9".repeat(5000) + "}");
    }

    @Test
    void otherPathsAndMethodsAreErrorsInJson() {
        for (String path :
                new String[] {"/", "/v1", "/v1/chat", "/v1/models/", "/score", "/docs", "/v1/audio/speech"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(object(answer.body()).at("/error/message").isString()).isTrue();
        }
        var wrong = get("/v1/chat/completions");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("allow")).contains("POST, OPTIONS");
        assertThat(object(wrong.body()).at("/error/message").isString()).isTrue();
        assertThat(post("/v1/models", "{}").statusCode()).isEqualTo(405);
        HttpRequest delete =
                HttpRequest.newBuilder(uri("/v1/models/smollm2")).DELETE().build();
        assertThat(send(delete).statusCode()).isEqualTo(405);
    }

    @Test
    void noErrorHasAStack() {
        String answer = post("/v1/completions", text("{'prompt':5}").toString()).body();

        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("exception").doesNotContain("dev.attune");
    }

    @Test
    void modelsAreListed() {
        JsonNode list = object(get("/v1/models").body());

        assertThat(list.get("data").valueStream().map(model -> model.get("id").stringValue()))
                .containsExactly("smollm2", "ada", "adb", "stories");
        assertThat(list.at("/data/1/parent").stringValue()).isEqualTo("smollm2");
        assertThat(object(get("/v1/models/ada").body())).isEqualTo(list.at("/data/1"));
        assertThat(list.at("/data/0/object").stringValue()).isEqualTo("model");
        assertThat(list.at("/data/0/created").isIntegralNumber()).isTrue();
    }

    @Test
    void adaptersAnswerByTheirName() {
        assertThat(ask(text("{'model':'ada'}")).get("model").stringValue()).isEqualTo("ada");
        assertThat(engine.last.adapter()).isEqualTo("ada");
        assertThat(chunks(chat("{'model':'adb'}")).get(0).get("model").stringValue())
                .isEqualTo("adb");
        assertThat(engine.last.adapter()).isEqualTo("adb");
        assertThat(ask(text()).get("model").stringValue()).isEqualTo("smollm2");
        assertThat(engine.last.adapter()).isNull();
    }
}
