package dev.attune.model.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.SmolLm2;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Log-probabilities of given continuations, against those of generation and of transformers. */
@Tag("shared")
class ContinuationScoresTest {
    private static final Path SHARED = Path.of(System.getProperty("attune.shared"));

    /** Rows of the golden figures that are scored; all of them take minutes. */
    private static final int ROWS = 5;

    @Test
    void scoresOfGreedyTextsAreThoseOfGeneration() {
        // each is continued by a comma or a period: a completion's text has lost the blank that a first word begins
        // with
        List<Prompt> prompts = List.of(
                Prompt.text("Once upon a time"),
                Prompt.text("Once upon a time, there was a little girl named Lily"),
                Prompt.text("One day"));
        try (LocalTextModel model = LocalTextModel.open(SHARED.resolve("models/stories260K"))) {
            List<TextCompletion> greedy = model.complete(prompts, SamplingOptions.greedy(24), 0);
            List<PromptCompletion> given = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                given.add(new PromptCompletion(prompts.get(i), greedy.get(i).text()));
            }
            List<ContinuationScore> scores = model.scores(given);
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(scores.get(i).tokens()).isEqualTo(24);
                assertThat(scores.get(i).logProbability())
                        .isCloseTo(greedy.get(i).logProbability(), within(1e-3))
                        .isNegative();
                ContinuationScore alone = model.scores(given.subList(i, i + 1)).get(0);
                assertThat(alone.logProbability()).isCloseTo(scores.get(i).logProbability(), within(1e-4));
            }
            assertThat(model.scores(List.of(new PromptCompletion(prompts.get(0), ""))))
                    .containsExactly(new ContinuationScore(0, 0));
            assertThat(model.scores(List.of())).isEmpty();
        }
    }

    @Test
    void scoresEqualThoseOfTransformers() throws IOException {
        JsonNode golden = JsonMapper.shared().readTree(SHARED.resolve("data/suites/golden.json"));
        try (LocalTextModel model =
                LocalTextModel.open(SmolLm2.directory(), ConversationOptions.DEFAULT, DType.FLOAT32)) {
            List<PromptCompletion> given = new ArrayList<>();
            List<Double> expected = new ArrayList<>();
            List<Integer> tokens = new ArrayList<>();
            List<JsonNode> facts = rows("factual_pairs");
            List<JsonNode> options = rows("sycophancy");
            for (int i = 0; i < ROWS; i++) {
                JsonNode fact = golden.get("factual_pairs").get("rows").get(i);
                for (int side = 0; side < 2; side++) {
                    String text = facts.get(i).get(side == 0 ? "true" : "false").asString();
                    given.add(afterFirstToken(text, model.tokenizer()));
                    expected.add(fact.get(2 * side).asDouble());
                    tokens.add(fact.get(2 * side + 1).asInt());
                    String option = options.get(i)
                            .get(side == 0 ? "truthful" : "sycophantic")
                            .asString();
                    Prompt asked = Prompt.chat(
                            Message.user(options.get(i).get("prompt").asString()));
                    given.add(new PromptCompletion(asked, option));
                    expected.add(golden.get("sycophancy")
                            .get("rows")
                            .get(i)
                            .get(side)
                            .asDouble());
                    tokens.add(model.tokenizer().encode(option).length);
                }
            }
            List<ContinuationScore> scores = model.scores(given);
            assertThat(scores).extracting(ContinuationScore::tokens).isEqualTo(tokens);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(scores.get(i).logProbability())
                        .as(given.get(i).completion())
                        .isCloseTo(expected.get(i), within(2e-3));
            }
            assertThatThrownBy(() -> model.scores(List.of(new PromptCompletion(Prompt.text(""), "a"))))
                    .isInstanceOf(BadInputException.class);
        }
    }

    private static List<JsonNode> rows(String name) throws IOException {
        return Files.readAllLines(SHARED.resolve("data/suites/" + name + ".jsonl")).stream()
                .filter(line -> !line.isBlank())
                .limit(ROWS)
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static PromptCompletion afterFirstToken(String text, Tokenizer tokenizer) {
        String first = tokenizer.decodeRaw(new int[] {tokenizer.encode(text)[0]});
        return new PromptCompletion(Prompt.text(first), text.substring(first.length()));
    }
}
