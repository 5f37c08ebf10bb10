package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
    @TempDir
    private static Path folder;

    private static Path reward;

    @BeforeAll
    static void makeModel() {
        reward = TestModels.reward(folder);
    }

    private static JsonNode finding(CommandLineRun run, String name) {
        return Json.tree(run.out())
                .valueStream()
                .filter(finding -> finding.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + run.out()));
    }

    @Test
    void aModelThatIsWell() {
        CommandLineRun run = CommandLineRun.of("doctor", reward.toString(), "--json");
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(finding(run, "model").get("value").asString()).startsWith("LlamaForSequenceClassification, ");
        assertThat(finding(run, "model weights").get("status").asString()).isEqualTo("OK");
        assertThat(finding(run, "model weights").get("value").asString()).endsWith(" parameters, all finite");
        assertThat(finding(run, "model tokenizer").get("value").asString()).startsWith("ids up to ");
    }

    @Test
    void brokenWeightsAreListedOneByOneAndNoScoreIsPrinted() throws IOException {
        Path broken = folder.resolve("broken");
        try (RewardModel model = Checkpoints.loadReward(reward);
                Tokenizer tokenizer = Checkpoints.tokenizer(reward)) {
            TestModels.fill(model, "score.weight", Double.NaN);
            TestModels.fill(model, "model.norm.weight", Double.NEGATIVE_INFINITY);
            Checkpoints.saveReward(broken, model, tokenizer, DType.FLOAT32);
        }
        CommandLineRun run = CommandLineRun.of("doctor", broken.toString(), "--json");
        assertThat(run.status()).isEqualTo(1);
        JsonNode norm = finding(run, "weight model.norm.weight");
        assertThat(norm.get("status").asString()).isEqualTo("PROBLEM");
        assertThat(norm.get("value").asString()).matches("\\d+ infinite numbers among its \\d+ values");
        assertThat(finding(run, "weight score.weight").get("value").asString())
                .matches("\\d+ NaN among its \\d+ values");
        String pairs = Files.writeString(
                        folder.resolve("pairs.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n")
                .toString();
        CommandLineRun score = CommandLineRun.of("score", broken.toString(), pairs, "--json");
        assertThat(score.status()).isEqualTo(2);
        assertThat(score.out()).isEmpty();
        assertThat(score.lastError())
                .contains(broken + ", weight model.norm.weight: found ")
                .contains(" infinite numbers among its ");
    }

    @Test
    void aPlaceWithoutAModelIsAProblem() {
        CommandLineRun run =
                CommandLineRun.of("doctor", folder.resolve("nowhere").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("problem   model ").contains("no such directory");
    }
}
