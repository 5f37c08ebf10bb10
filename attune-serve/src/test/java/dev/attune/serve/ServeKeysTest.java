package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of kind 18: keys and browsers. */
class ServeKeysTest extends ServeTest {
    private static final String ORIGIN = "http://a.example";

    @Override
    ServeOptions options() {
        return super.options().withKeys(List.of("KEY", "other")).withOrigins(Set.of(ORIGIN));
    }

    @Test
    void everyRouteButHealthNeedsAKey() {
        for (String path :
                List.of("/", "/metrics", "/v1/models", "/v1/models/smollm2", "/score", "/docs", "/health/x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(object(answer.body()).at("/error/code").stringValue()).isEqualTo("invalid_api_key");
            assertThat(post(path, "{}").statusCode()).isEqualTo(401);
        }
        refused(401, chat());
        refused(401, text("{'stream':true}"));
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer KEY", "bearer KEY", "BEARER   KEY", "bEaReR\tKEY", "Bearer other"})
    void keysOpen(String authorization) {
        assertThat(get("/v1/models", "authorization", authorization).statusCode())
                .isEqualTo(200);
        assertThat(get("/metrics", "AUTHORIZATION", authorization).statusCode()).isEqualTo(200);
        assertThat(post("/v1/completions", text().toString(), "Authorization", authorization)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer key", "Bearer", "KEY", "Basic KEY", "Bearer KEY2", "Bearer KEY KEY", "BearerKEY"})
    void otherKeysDoNot(String authorization) {
        assertThat(get("/v1/models", "authorization", authorization).statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> preflight(String origin) {
        return send(HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,x-stainless-lang")
                .build());
    }

    @Test
    void aPreflightOfAConfiguredOriginNeedsNoKey() {
        HttpResponse<String> answer = preflight(ORIGIN);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(ORIGIN);
        assertThat(answer.headers().firstValue("access-control-allow-headers"))
                .contains("authorization,x-stainless-lang");
        assertThat(answer.headers().firstValue("access-control-allow-methods").orElseThrow())
                .contains("POST");
    }

    @Test
    void otherOriginsGetNoHeaders() {
        HttpResponse<String> answer = preflight("http://b.example");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(get("/health", "Origin", "http://b.example").headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void answersErrorsAndStreamsNameTheOrigin() {
        for (String body : List.of(text().toString(), text("{'stream':true}").toString(), "{")) {
            HttpResponse<String> answer =
                    post("/v1/completions", body, "Authorization", "Bearer KEY", "Origin", ORIGIN);
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .contains(ORIGIN);
            assertThat(answer.headers().firstValue("vary")).contains("Origin");
        }
        assertThat(get("/v1/models", "Origin", ORIGIN).headers().firstValue("access-control-allow-origin"))
                .contains(ORIGIN);
    }

    @Test
    void anAddressForOtherMachinesNeedsAKey() {
        assertThatThrownBy(() -> ServeOptions.DEFAULT.withHost("0.0.0.0"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--api-key");
        assertThat(ServeOptions.DEFAULT
                        .withKeys(List.of("k"))
                        .withHost("0.0.0.0")
                        .host())
                .isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> ServeOptions.DEFAULT.withKeys(List.of(" "))).isInstanceOf(BadInputException.class);
    }
}
