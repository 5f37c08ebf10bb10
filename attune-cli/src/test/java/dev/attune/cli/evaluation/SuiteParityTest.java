package dev.attune.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.data.NamedRows;
import dev.attune.core.model.ContinuationScore;
import dev.attune.model.SmolLm2;
import dev.attune.model.local.LocalTextModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SmolLM2's log-probabilities of true and false statements beside those of transformers. */
@Tag("shared")
class SuiteParityTest {
    private static final Path SUITES = Path.of(System.getProperty("attune.shared"), "data", "suites");
    private static final JsonNode GOLDEN = JsonMapper.shared().readTree(SUITES.resolve("golden.json"));

    @Test
    void statementsHaveTheLogProbabilitiesOfTransformers() {
        List<String> texts = new ArrayList<>();
        NamedRows.read(SUITES.resolve("factual_pairs.jsonl"))
                .forEach(row -> texts.addAll(List.of(row.text("true"), row.text("false"))));
        JsonNode rows = GOLDEN.get("factual_pairs").get("rows");
        assertThat(rows.size()).isEqualTo(110);
        try (LocalTextModel model = LocalTextModel.open(SmolLm2.directory())) {
            List<ContinuationScore> scores = model.textScores(texts);
            for (int i = 0; i < texts.size(); i++) {
                JsonNode row = rows.get(i / 2);
                assertThat(scores.get(i).logProbability())
                        .describedAs(texts.get(i))
                        .isCloseTo(row.get(2 * (i % 2)).asDouble(), within(1e-3));
                assertThat(scores.get(i).tokens())
                        .isEqualTo(row.get(2 * (i % 2) + 1).asInt());
            }
        }
    }
}
