package dev.attune.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

class JsonTest {
    private record Settings(int maxTokens, Prompt firstPrompt) {}

    @TempDir
    Path folder;

    @Test
    void writesRecordsInSnakeCaseAndInOrder() {
        Settings text = new Settings(3, Prompt.text("hi"));
        assertThat(Json.line(text)).isEqualTo("{\"max_tokens\":3,\"first_prompt\":\"hi\"}");
        Settings chat = new Settings(3, Prompt.chat(Message.user("hi")));
        assertThat(Json.line(chat))
                .isEqualTo("{\"max_tokens\":3,\"first_prompt\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(Json.records().readValue(Json.line(text), Settings.class)).isEqualTo(text);
        assertThat(Json.records().readValue(Json.line(chat), Settings.class)).isEqualTo(chat);
    }

    @Test
    void writesRankingsAsTheDesignHasThem() {
        Ranking ranking = new Ranking(
                "r1",
                Prompt.text("p"),
                List.of(new Ranking.Completion("a", "m"), new Ranking.Completion("b", null)),
                "helpful",
                List.of(List.of(1), List.of(0)),
                List.of(),
                "ann",
                null,
                "2026-01-01T00:00:00Z");
        String line = Json.line(ranking);
        assertThat(line)
                .isEqualTo("{\"id\":\"r1\",\"prompt\":\"p\",\"completions\":[{\"text\":\"a\",\"model\":\"m\"},"
                        + "{\"text\":\"b\",\"model\":null}],\"criterion\":\"helpful\",\"order\":[[1],[0]],\"unranked\":[],"
                        + "\"labeler\":\"ann\",\"guideline\":null,\"time\":\"2026-01-01T00:00:00Z\"}");
        assertThat(Json.records().readValue(line, Ranking.class)).isEqualTo(ranking);
    }

    @Test
    void messagesKeepTheirOtherKeysAndPromptsTheirTools() {
        String line = "{\"max_tokens\":3,\"first_prompt\":{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"name\":\"now\",\"arguments\":{\"Zone\":null}}],"
                + "\"weight\":0}],\"tools\":[{\"name\":\"now\"}]}}";
        Settings chat = Json.records().readValue(line, Settings.class);
        Message call = chat.firstPrompt().messages().get(1);
        assertThat(call.fields()).containsOnlyKeys("tool_calls", "weight");
        assertThat(call.learned()).isFalse();
        assertThat(chat.firstPrompt().messages().get(0).learned()).isTrue();
        assertThat(((Prompt.Chat) chat.firstPrompt()).tools()).containsExactly(Map.of("name", "now"));
        assertThat(Json.line(chat)).isEqualTo(line);
    }

    @Test
    void refusesDuplicateKeysAndTrailingText() {
        assertThatThrownBy(() -> Json.tree("{\"a\":1,\"a\":2}"))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("Duplicate Object property \"a\"");
        assertThatThrownBy(() -> Json.tree("{\"a\":1} x")).isInstanceOf(JacksonException.class);
    }

    @Test
    void namesTheFileAndThePlace() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, "{\n  \"max_tokens\": ,\n}");
        assertThatThrownBy(() -> Json.read(file, Settings.class))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file + ":2:")
                .message()
                .hasLineCount(1);
        Files.writeString(file, "{\"max_token\": 3}");
        assertThatThrownBy(() -> Json.read(file, Settings.class))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("max_token");
        assertThatThrownBy(() -> Json.readTree(folder.resolve("none.json")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such file");
    }
}
