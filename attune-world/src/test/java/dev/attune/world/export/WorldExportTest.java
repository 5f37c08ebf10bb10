package dev.attune.world.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import dev.attune.world.PromptKind;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.corpus.Corpus;
import dev.attune.world.prompt.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WorldExportTest {
    @TempDir
    Path folder;

    private List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::tree).toList();
    }

    @Test
    void writesPromptsWithWhatIsAsked() throws IOException {
        Path file = folder.resolve("prompts.jsonl");
        List<WorldPrompt> prompts = new Prompts(World.standard()).sample(WorldSplit.HELD_OUT, PromptKind.HARMFUL, 3, 1);
        WorldExport.prompts(file, prompts);
        assertThat(lines(file)).hasSize(3);
        assertThat(lines(file).get(0).path("prompt").asString())
                .isEqualTo(prompts.get(0).text());
        assertThat(lines(file).get(0).path("kind").asString()).isEqualTo("harmful");
        assertThat(lines(file).get(0).has("act")).isTrue();
    }

    @Test
    void writesDocumentsAndFacts() throws IOException {
        Path documents = folder.resolve("documents.jsonl");
        Path facts = folder.resolve("facts.jsonl");
        WorldExport.documents(documents, Corpus.standard().stream(1).limit(50));
        WorldExport.facts(facts, World.standard());
        assertThat(lines(documents)).hasSize(50).allMatch(line -> line.has("text") || line.has("completion"));
        assertThat(lines(facts)).hasSize(1530).allMatch(line -> line.has("value"));
    }
}
