package dev.attune.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.core.json.Json;
import dev.attune.model.SmolLm2;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every figure of the lab is within its bound; those of the chat model begin with messages. */
@Tag("shared")
class ParityLabTest {
    @Test
    void theStoredCheckpointsAndTheChatModel() {
        Path models = Objects.requireNonNull(SmolLm2.fixture().getParent());
        CommandLineRun run = CommandLineRun.of(
                "lab",
                "parity",
                "--json",
                "--models",
                models.toString(),
                "--chat-model",
                SmolLm2.directory().toString());
        assertThat(run.status()).as(run.out()).isZero();
        List<String> chatModel = Json.tree(run.out())
                .get("figures")
                .valueStream()
                .map((JsonNode figure) -> figure.get("name").asString())
                .filter(name -> name.startsWith("SmolLM2-135M-Instruct: "))
                .toList();
        assertThat(chatModel).hasSize(11);
    }
}
