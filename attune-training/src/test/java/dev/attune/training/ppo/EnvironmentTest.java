package dev.attune.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.environment.Environment;
import dev.attune.core.environment.Environment.Step;
import dev.attune.core.environment.SingleTurn;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.text.Prompt;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.advantage.GeneralizedAdvantage;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.Entropy;
import dev.attune.training.losses.PolicyLoss;
import dev.attune.training.onpolicy.Transcript;
import dev.attune.training.ppo.PpoSettings.Credit;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.EnvironmentSettings.OnFault;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentTest {
    /** Answers "bcd" for three turns, and pays for every a as it comes. */
    static final class Echo implements Environment {
        private int turns;

        @Override
        public String reset(long seed) {
            turns = 0;
            return "ef";
        }

        @Override
        public Step step(String action) {
            double reward = action.chars().filter(c -> c == 'a').count();
            return ++turns == 3 ? Step.last(reward, "enough") : Step.next("bcd", reward);
        }
    }

    @Test
    void recordsEveryStateActionAndReward() {
        Rollout rollout = rollouts(Credit.TOKEN).get(0);
        assertThat(rollout.prompt()).isEqualTo(Prompt.text("ef"));
        assertThat(rollout.stop()).isEqualTo("environment");
        assertThat(rollout.turns()).extracting(Rollout.Turn::state).containsExactly("ef", "bcd", "bcd");
        assertThat(rollout.turns()).extracting(Rollout.Turn::note).containsExactly("", "", "enough");
        int at = 0;
        for (Rollout.Turn turn : rollout.turns()) {
            assertThat(turn.from()).isEqualTo(at);
            assertThat(Arrays.stream(rollout.mask(), turn.from(), turn.to())).containsOnly(1);
            int next = Math.min(rollout.tokens().length, turn.to() + 3);
            assertThat(Arrays.stream(rollout.mask(), turn.to(), next)).doesNotContain(1);
            for (int t = turn.from(); t < turn.to(); t++) {
                double expected = -0.1 * rollout.kl()[t] + (t == turn.to() - 1 ? turn.reward() : 0);
                assertThat((double) rollout.rewards()[t]).isCloseTo(expected, within(1e-6));
            }
            at = next;
        }
        assertThat(rollout.score())
                .isEqualTo(rollout.turns().stream()
                        .mapToDouble(Rollout.Turn::reward)
                        .sum());
        for (int t = 0; t < rollout.tokens().length; t++) {
            if (rollout.mask()[t] == 0) {
                assertThat(List.of(
                                rollout.logprobs()[t], rollout.kl()[t], rollout.rewards()[t], rollout.advantages()[t]))
                        .containsOnly(0f);
            }
        }
    }

    /** GAE steps from an action's last token to the next action's first, over what the environment wrote. */
    @ParameterizedTest
    @EnumSource(Credit.class)
    void advantagesPassOverWhatTheEnvironmentWrote(Credit credit) {
        for (Rollout rollout : rollouts(credit)) {
            float[] rewards = actions(rollout, rollout.rewards());
            float[] values = actions(rollout, rollout.values());
            int[] ends = ends(rollout);
            GeneralizedAdvantage gae = new GeneralizedAdvantage(1, 0.95);
            float[] expected = credit == Credit.TURN
                    ? gae.overTurns(rewards, values, ends).advantages()
                    : gae.estimate(rewards, values).advantages();
            assertThat(actions(rollout, rollout.advantages())).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void aTwoTurnEpisodeComputedByHand() {
        // Actions: tokens 0, 1 and 4; the environment wrote 2 and 3. Rewards 0, 1 and 2, values 0.5, 1 and 1.5, lambda
        // 0.5.
        // delta = 0 + 1 - 0.5 = 0.5; 1 + 1.5 - 1 = 1.5; 2 - 1.5 = 0.5.
        // A_4 = 0.5; A_1 = 1.5 + 0.5 * 0.5 = 1.75; A_0 = 0.5 + 0.5 * 1.75 = 1.375
        Transcript transcript = new Transcript(
                new int[] {5},
                new int[] {4, 5, 6, 7, 8},
                new int[] {1, 1, 0, 0, 1},
                List.of(new Rollout.Turn("b", "ab", 0, 2, 1, ""), new Rollout.Turn("cd", "e", 4, 5, 2, "")),
                "environment",
                null);
        assertThat(transcript.turnEnds()).containsExactly(2, 3);
        float[] advantages = new GeneralizedAdvantage(1, 0.5)
                .estimate(new float[] {0, 1, 2}, new float[] {0.5f, 1, 1.5f})
                .advantages();
        assertThat(transcript.spread(advantages)).containsExactly(1.375f, 1.75f, 0f, 0f, 0.5f);
    }

    @Test
    void theGradientOfLogitsThatPredictEnvironmentTokensIsExactlyZero() {
        Rollout rollout = rollouts(Credit.TOKEN).get(0);
        Transcript transcript = new Transcript(
                rollout.promptTokens(), rollout.tokens(), rollout.mask(), rollout.turns(), rollout.stop(), null);
        try (Scope scope = Scope.open()) {
            float[][] gradients = gradients(transcript.row());
            int prompt = rollout.promptTokens().length;
            for (int t = 0; t < rollout.tokens().length; t++) {
                float[] gradient = gradients[prompt - 1 + t];
                boolean zero = IntStream.range(0, gradient.length).allMatch(i -> gradient[i] == 0);
                assertThat(zero).as("token %d", t).isEqualTo(rollout.mask()[t] == 0);
            }
        }
    }

    /** Of PPO's loss, entropy bonus included, by the logits at each position of a row. */
    private static float[][] gradients(PackedRow row) {
        TargetBatch batch = TargetBatch.of(List.of(row));
        int time = row.length();
        float[] numbers = new float[time * TinyModels.VOCABULARY];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        Tensor logits = Tensor.of(numbers, 1, time, TinyModels.VOCABULARY).requireGrad(true);
        Tensor seen = batch.atStates(logits);
        Tensor chosen = Functional.logProbabilities(seen, batch.targets());
        Tensor advantages = Tensor.ones(row.targets());
        PolicyLoss.of(chosen, chosen.detach(), advantages, 0.2)
                .loss()
                .minus(Entropy.of(seen).sum())
                .backward();
        float[] flat = logits.grad().toFloats();
        float[][] rows = new float[time][];
        for (int t = 0; t < time; t++) {
            rows[t] = Arrays.copyOfRange(flat, t * TinyModels.VOCABULARY, (t + 1) * TinyModels.VOCABULARY);
        }
        return rows;
    }

    @Test
    void aOneStepEnvironmentIsPlainPpoBitForBit() {
        List<Prompt> prompts = PpoFixtures.PROMPTS;
        PpoOptions options = PpoFixtures.inEnvironment(Credit.TOKEN);
        int steps = 4;
        try (CausalLm first = TinyModels.causal(2);
                CausalLm second = TinyModels.causal(2);
                PpoTrainer plain = PpoTrainer.builder(first, new LetterTokenizer())
                        .prompts(prompts)
                        .reward(PpoFixtures.LIKES_A)
                        .options(options)
                        .build();
                PpoTrainer inEnvironment = PpoTrainer.builder(second, new LetterTokenizer())
                        .environment(inOrder(prompts, options, steps)::next, EnvironmentSettings.named("one step"))
                        .options(options)
                        .build()) {
            for (int step = 1; step <= steps; step++) {
                StepReport expected = plain.step(step);
                StepReport found = inEnvironment.step(step);
                expected.metrics().forEach((name, value) -> {
                    if (!name.startsWith("time/")
                            && !name.startsWith("scores/")
                            && !name.equals("val/num_eos_tokens")
                            && !name.equals("response/ended_share")
                            && !name.equals("rollout/retokenized_share")
                            && !name.endsWith("per_second")) {
                        assertThat(found.metric(name)).as(name).isEqualTo(value);
                    }
                });
            }
            assertThat(second.parameters().trained().toFloats())
                    .containsExactly(first.parameters().trained().toFloats(), within(0f));
        }
    }

    /** Environments of one prompt each, in the order in which plain PPO takes the prompts. */
    private static Iterator<Environment> inOrder(List<Prompt> prompts, PpoOptions options, int steps) {
        return new Epochs(prompts.size(), DataOrder.SHUFFLED, options.seed(), "prompt order")
                .take(0, steps * options.rollouts()).stream()
                        .map(i -> ((Prompt.Text) prompts.get(i)).text())
                        .map(text -> (Environment) new SingleTurn(List.of(text), PpoFixtures.LIKES_A))
                        .iterator();
    }

    @Test
    void endlessEpisodesAreCutOff() {
        Environment endless = new Environment() {
            @Override
            public String reset(long seed) {
                return "ab";
            }

            @Override
            public Step step(String action) {
                return Step.next("c", 0.5);
            }
        };
        EnvironmentSettings three = new EnvironmentSettings("endless", Map.of(), null, 3, 10, 4000, OnFault.END);
        EnvironmentSettings many = new EnvironmentSettings("endless", Map.of(), null, 99, 10, 4000, OnFault.END);
        assertThat(rollouts(endless, three)).allSatisfy(rollout -> {
            assertThat(rollout.stop()).isEqualTo("max_turns");
            assertThat(rollout.score()).isEqualTo(1.5);
        });
        assertThat(rollouts(endless, many)).allSatisfy(rollout -> {
            assertThat(rollout.stop()).as("64 positions are full").isEqualTo("length");
            assertThat(rollout.promptTokens().length + rollout.tokens().length).isBetween(56, 64);
        });
    }

    @Test
    void learnsOverSeveralTurns() {
        PpoOptions options = PpoFixtures.inEnvironment(Credit.TURN)
                .withOptimizer(OptimizerSettings.of(1e-2, Schedule.Shape.LINEAR))
                .withSteps(15, 32);
        List<Double> scores = new ArrayList<>();
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .environment(Echo::new, EnvironmentSettings.named("echo"))
                        .options(options)
                        .build()) {
            trainer.train(report -> scores.add(report.metric("objective/scores")));
        }
        assertThat(scores.get(14)).isGreaterThan(scores.get(0) + 1);
    }

    private static List<Rollout> rollouts(Credit credit) {
        return rollouts(Echo::new, EnvironmentSettings.named("echo"), PpoFixtures.inEnvironment(credit));
    }

    private static List<Rollout> rollouts(Environment environment, EnvironmentSettings settings) {
        return rollouts(() -> environment, settings, PpoFixtures.inEnvironment(Credit.TOKEN));
    }

    private static List<Rollout> rollouts(
            java.util.function.Supplier<Environment> supplier, EnvironmentSettings settings, PpoOptions options) {
        try (CausalLm policy = TinyModels.causal(2);
                CausalLm reference = TinyModels.causal(3);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .environment(supplier, settings)
                        .reference(reference)
                        .options(options)
                        .build()) {
            return trainer.step(1).rollouts();
        }
    }

    /** The numbers of a rollout's actions alone. */
    private static float[] actions(Rollout rollout, float[] all) {
        int[] places = IntStream.range(0, all.length)
                .filter(t -> rollout.mask()[t] == 1)
                .toArray();
        float[] kept = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            kept[i] = all[places[i]];
        }
        return kept;
    }

    private static int[] ends(Rollout rollout) {
        int[] ends = new int[rollout.turns().size()];
        int end = 0;
        for (int turn = 0; turn < ends.length; turn++) {
            end += rollout.turns().get(turn).to() - rollout.turns().get(turn).from();
            ends[turn] = end;
        }
        return ends;
    }
}
