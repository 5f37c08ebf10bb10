package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("shared")
class PromptFileTest {
    private static final String MODEL = Path.of(System.getProperty("attune.shared"), "models", "stories260K")
            .toString();

    @TempDir
    Path folder;

    private Path prompts;
    private Path out;

    @BeforeEach
    void write() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add("{\"prompt\": \"Once upon a time" + ", there was a dog".repeat(i % 5) + "\"}");
        }
        prompts = Files.write(folder.resolve("prompts.jsonl"), lines);
        out = folder.resolve("out.jsonl");
    }

    private CommandLineRun run(Path to, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "generate", MODEL, "--prompts", prompts.toString(), "--out", to.toString(), "--max-new-tokens", "12"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void completionsAreThoseOfEachPromptAlone() throws Exception {
        assertThat(run(out, "--greedy").status()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(12);
        for (int i : new int[] {0, 3, 11}) {
            String prompt = Json.tree(lines.get(i)).get("prompt").asString();
            String alone = Json.tree(CommandLineRun.of(
                                    "generate",
                                    MODEL,
                                    "--prompt",
                                    prompt,
                                    "--greedy",
                                    "--max-new-tokens",
                                    "12",
                                    "--json")
                            .out())
                    .get("completion")
                    .asString();
            assertThat(Json.tree(lines.get(i)).get("completion").asString().strip())
                    .isEqualTo(alone.strip());
            assertThat(Json.tree(lines.get(i)).get("stop").asString()).isEqualTo("length");
            assertThat(Json.tree(lines.get(i)).get("tokens").asInt()).isEqualTo(12);
        }
    }

    @Test
    void aStoppedCommandContinuesWithTheSameTexts() throws Exception {
        run(out, "--seed", "5");
        List<String> whole = Files.readAllLines(out);
        Path again = folder.resolve("again.jsonl");
        Files.writeString(again, String.join("\n", whole.subList(0, 5)) + "\n{\"prompt\": \"Onc");
        CommandLineRun continued = run(again, "--seed", "5", "--places", "3");
        assertThat(continued.err()).contains("has 5 of 12 completions");
        assertThat(Files.readAllLines(again)).isEqualTo(whole);
    }

    @Test
    void completionsOfOtherPromptsAreRefused() throws Exception {
        Files.writeString(out, "{\"prompt\": \"Another\", \"completion\": \"x\"}\n");
        CommandLineRun refused = run(out);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("out.jsonl:1", "the completion of another prompt");
        CommandLineRun both = CommandLineRun.of("generate", MODEL, "--prompt", "x", "--prompts", "y");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err()).contains("--prompt", "one of both");
    }
}
