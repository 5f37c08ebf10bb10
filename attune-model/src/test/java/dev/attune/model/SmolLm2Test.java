package dev.attune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A real chat model of 135 M parameters against what transformers computed, from token ids on. */
@Tag("shared")
class SmolLm2Test {
    private static final double TOLERANCE = 1e-3;
    private static final JsonNode GOLDEN = SmolLm2.golden();

    private static CausalLm model;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        model = Checkpoints.loadCausal(SmolLm2.directory());
        tokenizer = Checkpoints.tokenizer(SmolLm2.directory());
    }

    @AfterAll
    static void close() {
        model.close();
        tokenizer.close();
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static double[] doubles(JsonNode node) {
        return node.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"left", "right"})
    void lastLogitsOfPaddedPrompts(String side) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                SafetensorsFile file = SafetensorsFile.open(SmolLm2.fixture().resolve("golden.safetensors"))) {
            Tensor mask = file.read(side + "_attention_mask");
            Tensor expected = file.read(side + "_last_logits");
            TokenBatch batch = new TokenBatch(file.read(side + "_input_ids"), mask, null, null);
            Tensor found = model.head(batch.lastOf(model.hidden(batch)));

            assertThat(found.shape()).containsExactly(3, 49152);
            assertThat(found.minus(expected).abs().max().item()).isLessThan(TOLERANCE);
        }
    }

    @Test
    void tokenIdsOfRawTexts() {
        assertThat(GOLDEN.get("raw").size()).isEqualTo(8);
        for (JsonNode raw : GOLDEN.get("raw")) {
            String text = raw.get("text").stringValue();
            assertThat(tokenizer.encodeWithSpecials(text)).as(text).containsExactly(ints(raw.get("ids")));
        }
    }

    @Test
    void greedyAnswersTokenForTokenBatchedTogether() {
        List<JsonNode> golden = GOLDEN.get("greedy").valueStream().toList();
        assertThat(golden).hasSize(10);
        List<int[]> prompts =
                golden.stream().map(one -> ints(one.get("prompt_ids"))).toList();
        List<Generated> answers = new Generator(model, ConversationEncoder.of(tokenizer, ConversationOptions.DEFAULT))
                .generate(prompts, SamplingOptions.greedy(96), 0);
        for (int i = 0; i < golden.size(); i++) {
            JsonNode one = golden.get(i);
            Generated answer = answers.get(i);
            assertThat(answer.tokens()).containsExactly(ints(one.get("new_ids")));
            assertThat(tokenizer.decode(answer.content()))
                    .isEqualTo(one.get("text").stringValue());
            double[] logProbs = doubles(one.get("new_logprobs"));
            for (int t = 0; t < logProbs.length; t++) {
                assertThat((double) answer.logProbs()[t]).isCloseTo(logProbs[t], within(TOLERANCE));
            }
        }
    }

    @Test
    void logProbabilitiesOfConversations() {
        assertThat(GOLDEN.get("train").size()).isEqualTo(4);
        for (JsonNode one : GOLDEN.get("train")) {
            int[] ids = ints(one.get("ids"));
            double[] expected = doubles(one.get("token_logprobs"));
            double[] found = logProbabilities(ids);
            assertThat(found).hasSameSizeAs(expected);
            for (int t = 0; t < found.length; t++) {
                assertThat(found[t]).isCloseTo(expected[t], within(TOLERANCE));
            }
            assertThat(-Arrays.stream(found).average().orElseThrow())
                    .isCloseTo(one.get("loss_all_tokens").asDouble(), within(TOLERANCE));
        }
    }

    private static double[] logProbabilities(int[] ids) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor logits =
                    model.logits(TokenBatch.rightPadded(List.of(ids), 0)).select(0, 0);
            int predicted = ids.length - 1;
            Tensor targets = Tensor.of(Arrays.copyOfRange(ids, 1, ids.length), predicted);
            return Functional.logProbabilities(logits.narrow(0, 0, predicted), targets)
                    .toDoubles();
        }
    }

    /** The head of the golden scores is row 5345 of the embedding. */
    @Test
    void scoresOfARewardModelWithThisBackbone() {
        List<JsonNode> conversations = GOLDEN.get("train").valueStream().toList();
        List<JsonNode> scores = GOLDEN.get("reward").get("scores").valueStream().toList();
        assertThat(scores).hasSameSizeAs(conversations);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                RewardModel reward = RewardModel.fromBackbone(
                        model,
                        RewardModel.Shape.standard(model.config()),
                        embedding().narrow(0, 5345, 1))) {
            for (int i = 0; i < scores.size(); i++) {
                int[] ids = ints(conversations.get(i).get("ids"));
                int[] toEndOfTurn = Arrays.copyOf(ids, ids.length - 1);
                assertThat(score(reward, ids))
                        .isCloseTo(scores.get(i).get("at_last_token").asDouble(), within(TOLERANCE));
                assertThat(score(reward, toEndOfTurn))
                        .isCloseTo(scores.get(i).get("at_end_of_turn").asDouble(), within(TOLERANCE));
            }
        }
    }

    private static Tensor embedding() {
        Tensor embedding = model.parameters().byName().get("model.embed_tokens.weight");
        assertThat(embedding).isNotNull();
        return embedding;
    }

    private static double score(RewardModel reward, int[] ids) {
        return reward.scores(TokenBatch.rightPadded(List.of(ids), 0)).toFloats()[0];
    }
}
