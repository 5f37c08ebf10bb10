package dev.attune.core.reward.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JsonSchemaRewardTest {
    private static final String PERSON = """
            {"type": "object", "required": ["name"], "additionalProperties": false,
             "properties": {"name": {"type": "string", "pattern": "^(a|aa)+\\\\1?$"}, "age": {"type": "integer"}}}
            """;

    @Test
    void validInvalidAndNotJson() {
        assertThat(judge("{\"name\": \"aaa\", \"age\": 3}").value()).isEqualTo(1);
        assertThat(judge("{\"age\": 3}").value()).isZero();
        assertThat(judge("{\"age\": 3}").reason()).contains("name");
        assertThat(judge("").reason()).startsWith("not JSON");
        assertThat(judge("Sure: {\"name\": \"a\"}").value()).isZero();
        assertThat(judge("{\"name\": \"a\"} and more").value()).isZero();
        assertThat(judge("{\"name\": \"a\", \"name\": \"aa\"}").value()).isZero();
        assertThat(judge("[".repeat(100_000)).value()).isZero();
    }

    @Test
    void aPatternThatNeverEndsIsCutOff() {
        Scored scored = judge("{\"name\": \"" + "a".repeat(60) + "b\"}");
        assertThat(scored.kind()).isEqualTo(Scored.Kind.LIMIT);
        assertThat(scored.isMissing()).isTrue();
    }

    @Test
    void fencedJsonFromAFileOfSettings(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("schema.json"), PERSON);
        RewardSetup setup = RewardSetup.of(Map.of("schema", file.toString(), "fenced", "true"));
        assertThat(new JsonSchemaReward.Provider()
                        .open(setup)
                        .score(List.of(sample("Here:\n```json\n{\"name\": \"a\"}\n```"), sample("{\"name\": \"a\"}"))))
                .containsExactly(1, 0);
    }

    @Test
    void whatIsNoSchemaIsRefused() {
        for (String schema : List.of("{\"$ref\": \"http://127.0.0.1:9/x.json\"}", "{\"pattern\": \"(\"}")) {
            assertThatThrownBy(() -> JsonSchemaReward.of("schema.json", Json.tree(schema)))
                    .as(schema)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith("schema.json");
        }
    }

    /** The public test suite of draft 2020-12. */
    @Test
    @Tag("shared")
    void theTestSuite() throws IOException {
        Path suite = Path.of(System.getProperty("attune.shared"), "data", "json-schema-tests");
        int cases = 0;
        try (Stream<Path> files = Files.list(suite)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                for (JsonNode group : Json.tree(Files.readString(file))) {
                    cases += run(file, group);
                }
            }
        }
        assertThat(cases).isEqualTo(796);
    }

    private static int run(Path file, JsonNode group) {
        JsonSchemaReward reward = JsonSchemaReward.of(file.toString(), group.get("schema"));
        int cases = 0;
        for (JsonNode test : group.get("tests")) {
            assertThat(reward.judge(test.get("data")).value())
                    .as(file.getFileName() + ": " + group.get("description") + ": " + test.get("description"))
                    .isEqualTo(test.get("valid").booleanValue() ? 1 : 0);
            cases++;
        }
        return cases;
    }

    private static Scored judge(String completion) {
        return JsonSchemaReward.of("schema.json", Json.tree(PERSON)).judge(sample(completion));
    }

    private static PromptCompletion sample(String completion) {
        return new PromptCompletion(Prompt.text("p"), completion);
    }
}
