package dev.attune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.Checkpoint;
import dev.attune.model.transformer.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Greedy continuations and log-probabilities of a pretrained model against those that transformers computed. */
@Tag("shared")
class StoriesTest {
    private static final Path FOLDER = Checkpoint.shared("stories260K");

    private record Golden(int[] input, int[] output, double[] logProbs) {
        static List<Golden> read() {
            JsonNode json = JsonMapper.shared().readTree(FOLDER.resolve("golden.json"));
            return json.valueStream()
                    .map(one -> new Golden(
                            ints(one.get("input_ids")),
                            ints(one.get("output_ids")),
                            one.get("token_logprobs")
                                    .valueStream()
                                    .mapToDouble(JsonNode::asDouble)
                                    .toArray()))
                    .toList();
        }

        private static int[] ints(JsonNode node) {
            return node.valueStream().mapToInt(JsonNode::asInt).toArray();
        }

        int[] continuation() {
            return Arrays.copyOfRange(output, input.length, output.length);
        }
    }

    @Test
    void greedyContinuationsEqualTheGoldenOnesBatchedAndAlone() {
        List<Golden> golden = Golden.read();
        try (Scope scope = Scope.open();
                CausalLm model = load()) {
            Generator generator = new Generator(model, Set.of(2), ids -> "");
            List<int[]> prompts = golden.stream().map(Golden::input).toList();
            List<Generated> together = generator.generate(prompts, SamplingOptions.greedy(64), 0);
            for (int i = 0; i < golden.size(); i++) {
                assertThat(together.get(i).tokens()).isEqualTo(golden.get(i).continuation());
                Generated alone = generator
                        .generate(prompts.subList(i, i + 1), SamplingOptions.greedy(64), 0)
                        .get(0);
                assertThat(alone.tokens()).isEqualTo(golden.get(i).continuation());
                assertLogProbs(alone, golden.get(i));
                assertLogProbs(together.get(i), golden.get(i));
            }
        }
    }

    private static void assertLogProbs(Generated generated, Golden golden) {
        int offset = golden.input.length - 1;
        for (int i = 0; i < generated.tokens().length; i++) {
            assertThat((double) generated.logProbs()[i]).isCloseTo(golden.logProbs[offset + i], within(1e-3));
        }
    }

    @Test
    void logProbabilitiesOfWholeTextsEqualTheGoldenOnes() {
        List<Golden> golden = Golden.read();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm model = load()) {
            TokenBatch batch =
                    TokenBatch.leftPadded(golden.stream().map(Golden::output).toList(), 0);
            Tensor logits = model.logits(batch);
            for (int i = 0; i < golden.size(); i++) {
                double[] expected = golden.get(i).logProbs;
                Tensor own = logits.select(0, i).narrow(0, batch.time() - expected.length - 1, expected.length);
                int[] output = golden.get(i).output;
                Tensor targets = Tensor.of(Arrays.copyOfRange(output, 1, output.length), expected.length);
                double[] actual = Functional.logProbabilities(own, targets).toDoubles();
                for (int t = 0; t < expected.length; t++) {
                    assertThat(actual[t]).isCloseTo(expected[t], within(1e-3));
                }
            }
        }
    }

    private static CausalLm load() {
        Checkpoint checkpoint = Checkpoint.read(FOLDER);
        return CausalLm.of(checkpoint.config(), checkpoint.weights());
    }
}
