package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.serve.model.ServedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of models that are not simple words. */
class ServeNamesTest extends ServeTest {
    @Override
    ServedModel storyModel() {
        return super.storyModel().withId("org/name 1");
    }

    @Test
    void namesMayHaveSlashesAndSpaces() {
        for (String path : List.of("/v1/models/org/name%201", "/v1/models/org%2Fname%201")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(object(answer.body()).get("id").stringValue()).isEqualTo("org/name 1");
        }
        assertThat(get("/v1/models/..%2Fhealth").statusCode()).isEqualTo(404);
        assertThat(ask(text("{'model':'org/name 1'}")).get("model").stringValue())
                .isEqualTo("org/name 1");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> ModelServer.start(options(), List.of(chatModel(), chatModel())))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("smollm2");
    }

    @Test
    void aPortIsUsedOnce() {
        assertThatThrownBy(() -> ModelServer.open(options().withPort(server.port())))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--port " + server.port());
    }
}
