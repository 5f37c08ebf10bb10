package dev.attune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(40)
            .width(32)
            .mlpWidth(40)
            .layers(2)
            .heads(4)
            .kvHeads(2)
            .build();
    private static final List<int[]> PROMPTS =
            List.of(new int[] {5, 6, 7, 8}, new int[] {9}, new int[] {11, 12, 13}, new int[] {14, 15});

    private final CausalLm model = lively();
    private final Generator generator = new Generator(model, Set.of(3), GeneratorTest::spell);

    /** Random weights large enough for a distribution that is not flat. */
    private static CausalLm lively() {
        CausalLm model = CausalLm.create(CONFIG, 2);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            model.parameters().byName().forEach((name, weight) -> {
                if (weight.rank() == 2) {
                    weight.timesInPlace(8);
                }
            });
        }
        return model;
    }

    private static String spell(int[] tokens) {
        return Arrays.stream(tokens).mapToObj(id -> "<" + id + ">").collect(Collectors.joining());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aRowDoesNotDependOnItsCompany() {
        SamplingOptions options = SamplingOptions.sampling(12, 1);
        List<Generated> together = generator.withoutEndTokens().generate(PROMPTS, options, 7);
        Generated firstAlone = generator
                .withoutEndTokens()
                .generate(PROMPTS.subList(0, 1), options, 7)
                .get(0);
        assertThat(firstAlone.tokens()).isEqualTo(together.get(0).tokens());
        List<int[]> others = new ArrayList<>(PROMPTS);
        others.set(0, new int[] {20, 21, 22, 23, 24, 25, 26, 27});
        Generated secondAmongOthers =
                generator.withoutEndTokens().generate(others, options, 7).get(1);
        assertThat(secondAmongOthers.tokens()).isEqualTo(together.get(1).tokens());
        assertThat(generator
                        .withoutEndTokens()
                        .generate(PROMPTS, options, 8)
                        .get(0)
                        .tokens())
                .isNotEqualTo(together.get(0).tokens());
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelUnderTheTemperature() {
        double temperature = 0.7;
        List<Generated> all = generator.generate(PROMPTS, SamplingOptions.sampling(10, temperature), 3);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            for (Generated one : all) {
                int[] whole = concat(one.prompt(), one.tokens());
                Tensor logits = model.logits(TokenBatch.rightPadded(List.of(whole), 0))
                        .narrow(1, one.prompt().length - 1, one.tokens().length)
                        .dividedBy(temperature);
                float[] expected = Functional.logProbabilities(logits, Tensor.of(one.tokens(), 1, one.tokens().length))
                        .toFloats();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(one.logProbs()[i]).isCloseTo(expected[i], within(1e-4f));
                }
            }
        }
    }

    @Test
    void completionsEndAtTheEndTokenAndTheOthersRunOn() {
        List<int[]> many = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            many.add(PROMPTS.get(i % 4));
        }
        SamplingOptions options = SamplingOptions.sampling(40, 1.5);
        List<Generated> ended = generator.generate(many, options, 1);
        List<Generated> endless = generator.withoutEndTokens().generate(many, options, 1);
        int stopped = 0;
        for (int i = 0; i < many.size(); i++) {
            int[] tokens = ended.get(i).tokens();
            assertThat(tokens).isEqualTo(Arrays.copyOf(endless.get(i).tokens(), tokens.length));
            if (ended.get(i).stop() == StopReason.END_TOKEN) {
                stopped++;
                assertThat(tokens[tokens.length - 1]).isEqualTo(3);
                assertThat(ended.get(i).content()).doesNotContain(3);
            } else {
                assertThat(tokens).hasSize(40).doesNotContain(3);
            }
        }
        assertThat(stopped).isBetween(1, 31);
    }

    @Test
    void stopStringsEndACompletion() {
        SamplingOptions plain = SamplingOptions.greedy(8);
        Generated free =
                generator.withoutEndTokens().generate(PROMPTS, plain, 0).get(2);
        String third = "<" + free.tokens()[2] + ">";
        Generated stopped = generator
                .withoutEndTokens()
                .generate(PROMPTS, new SamplingOptions(8, 0, 0, 1, 0, 1, List.of(third)), 0)
                .get(2);
        assertThat(stopped.stop()).isEqualTo(StopReason.STOP_STRING);
        assertThat(spell(stopped.tokens())).endsWith(third);
    }

    @Test
    void theListenerHearsEveryTokenInOrder() {
        List<List<Integer>> heard = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Generated> all =
                generator.generate(PROMPTS, SamplingOptions.sampling(6, 1), 5, (row, token, logProb) -> heard.get(row)
                        .add(token));
        for (int row = 0; row < 4; row++) {
            assertThat(heard.get(row))
                    .containsExactlyElementsOf(boxed(all.get(row).tokens()));
        }
    }

    @Test
    void aStrongPenaltyForbidsRepetition() {
        Generated one = generator
                .withoutEndTokens()
                .generate(PROMPTS, new SamplingOptions(20, 0, 0, 1, 0, 1e6, List.of()), 0)
                .get(0);
        assertThat(boxed(concat(one.prompt(), one.tokens()))).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyPromptIsRefused() {
        assertThatThrownBy(() -> generator.generate(List.of(new int[0]), SamplingOptions.greedy(1), 0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at least one token");
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int[] concat(int[] first, int[] second) {
        int[] result = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, result, first.length, second.length);
        return result;
    }
}
