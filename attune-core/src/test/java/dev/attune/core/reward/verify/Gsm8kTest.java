package dev.attune.core.reward.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.io.Gzip;
import dev.attune.core.json.Json;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The numeric answers of real problems. */
@Tag("shared")
class Gsm8kTest {
    private static final Path DATA = Path.of(System.getProperty("attune.shared"), "data", "gsm8k");
    private final RewardFunction reward = new NumericAnswerReward.Provider().open(RewardSetup.of(Map.of()));

    @Test
    void everyGoldAnswerIsReadAndIsRightForItself() {
        Dataset data = Dataset.read(
                DATA.resolve("train.jsonl.gz"),
                ReadOptions.defaults().withFormat(DataFormat.PROMPTS).withRowCheck(reward.rowCheck()));
        assertThat(data.report().faults()).isEmpty();
        List<PromptCompletion> worked = data.rowsOf(Row.PromptRow.class).stream()
                .map(row -> new PromptCompletion(
                        row.prompt(), String.valueOf(row.columns().get("answer")), row.columns()))
                .toList();
        assertThat(reward.score(worked)).containsOnly(1);
    }

    /** Solutions by models, with the verdicts that were published with them. */
    @Test
    void verdictsAgreeWithPublishedOnes() throws IOException {
        int[] counts = new int[2];
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Gzip.open(DATA.resolve("model_solutions.jsonl.gz")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count(Json.tree(line), counts);
            }
        }
        assertThat(counts[0]).isEqualTo(2640);
        assertThat(counts[1]).isLessThanOrEqualTo(5);
    }

    private void count(JsonNode problem, int[] counts) {
        String gold = problem.get("ground_truth").stringValue();
        Map<String, Object> columns = Map.of("answer", gold.substring(gold.lastIndexOf("A: ") + 3));
        for (String model : List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")) {
            JsonNode solution = problem.get(model);
            double score = reward.score(List.of(new PromptCompletion(
                    Prompt.text("p"), solution.get("solution").stringValue(), Map.copyOf(columns))))[0];
            counts[0]++;
            counts[1] += score == (solution.get("is_correct").booleanValue() ? 1 : 0) ? 0 : 1;
        }
    }
}
