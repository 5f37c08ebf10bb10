package dev.attune.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.environment.Environment;
import dev.attune.core.environment.Environment.Step;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.rollout.Rollout;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.TinyModels;
import dev.attune.training.ppo.PpoSettings.Credit;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.EnvironmentSettings.OnFault;
import dev.attune.training.run.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Episodes whose environment breaks its contract. */
class EnvironmentFaultsTest {
    /** Every way to break the contract, in every third episode. */
    private enum Breach {
        THROWS("threw java.lang.IllegalStateException: out of order") {
            @Override
            Step step() {
                throw new IllegalStateException("out of order\nat line 2");
            }
        },
        HANGS("took longer than 0.2 seconds") {
            @Override
            Step step() {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Step.last(0, "");
            }
        },
        EMPTY("returned an empty state although the episode is not over") {
            @Override
            Step step() {
                return Step.next("", 0);
            }
        },
        ENORMOUS("returned a state of 5000 characters, at most 4000 are allowed") {
            @Override
            Step step() {
                return Step.next("a".repeat(5000), 0);
            }
        },
        CONTRADICTS_ITSELF("returned done: true with a state") {
            @Override
            Step step() {
                return new Step("b", 0, true);
            }
        },
        OVERFLOWS("threw java.lang.StackOverflowError") {
            @Override
            Step step() {
                throw new StackOverflowError();
            }
        },
        NO_NUMBER("returned the reward NaN") {
            @Override
            Step step() {
                return Step.last(Double.NaN, "");
            }
        };

        private final String fault;

        Breach(String fault) {
            this.fault = fault;
        }

        abstract Step step();
    }

    private static Environment broken(Breach breach, int number) {
        return new Environment() {
            @Override
            public String reset(long seed) {
                return "ab";
            }

            @Override
            public Step step(String action) {
                return number % 3 == 0 ? breach.step() : Step.last(1, "");
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Breach.class)
    void afterAFaultTheRunGoesOnWithoutTheEpisode(Breach breach) {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, breach, OnFault.END)) {
            StepReport report = trainer.step(1);
            assertThat(report.metric("environment/faults")).isEqualTo(3);
            assertThat(report.metric("objective/scores")).isEqualTo(1);
            for (int i = 0; i < 8; i++) {
                Rollout rollout = report.rollouts().get(i);
                assertThat(rollout.fault()).isEqualTo(i % 3 == 0 ? breach.fault : null);
                assertThat(rollout.stop()).isEqualTo(i % 3 == 0 ? "fault" : "environment");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Breach.class)
    void orTheRunStopsWithOneLine(Breach breach) {
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = trainer(policy, breach, OnFault.FAIL)) {
            assertThatThrownBy(() -> trainer.step(1))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageStartingWith("the environment broken " + breach.fault + " (episode 0, seed ")
                    .hasMessageContaining("turn 1")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void anEpisodeThatCannotBeginIsAFaultToo() {
        int[] count = {0};
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .environment(() -> cannotBegin(count[0]++), settings(OnFault.END))
                        .options(PpoFixtures.inEnvironment(Credit.TOKEN))
                        .build()) {
            StepReport report = trainer.step(1);
            assertThat(report.rollouts().get(0).fault()).startsWith("returned an empty state");
            assertThat(report.rollouts().get(0).tokens()).isEmpty();
            assertThat(report.rollouts().get(1).fault()).isNull();
        }
    }

    @Test
    void anEnvironmentThatCannotBeMadeIsAFaultToo() {
        int[] count = {0};
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .environment(() -> made(count[0]++), settings(OnFault.END))
                        .options(PpoFixtures.inEnvironment(Credit.TOKEN))
                        .build()) {
            StepReport report = trainer.step(1);
            assertThat(report.rollouts().get(0).fault()).isEqualTo("threw java.lang.IllegalStateException: no board");
            assertThat(report.rollouts().get(1).fault()).isNull();
        }
    }

    /** Two of sixteen fail to close; one of them has failed before, and that fault is kept. */
    @Test
    void everyEnvironmentIsClosedAndOneThatCannotBeIsAFault() {
        List<Integer> closed = new ArrayList<>();
        int[] count = {0};
        try (CausalLm policy = TinyModels.causal(2);
                PpoTrainer trainer = PpoTrainer.builder(policy, new LetterTokenizer())
                        .environment(() -> closing(count[0]++, closed), settings(OnFault.END))
                        .options(PpoFixtures.inEnvironment(Credit.TOKEN))
                        .build()) {
            StepReport report = trainer.step(1);
            assertThat(closed).isEqualTo(IntStream.range(0, 16).boxed().toList());
            assertThat(report.rollouts())
                    .extracting(Rollout::fault)
                    .startsWith(
                            "returned no step",
                            "threw java.lang.IllegalStateException: still open when it was closed",
                            null)
                    .filteredOn(fault -> fault != null)
                    .hasSize(2);
        }
    }

    private static Environment closing(int number, List<Integer> closed) {
        return new Environment() {
            @Override
            public String reset(long seed) {
                return "ab";
            }

            @Override
            @SuppressWarnings("NullAway")
            public Step step(String action) {
                return number == 0 ? null : Step.last(1, "");
            }

            @Override
            public void close() {
                closed.add(number);
                if (number < 2) {
                    throw new IllegalStateException("still open");
                }
            }
        };
    }

    private static Environment made(int number) {
        if (number == 0) {
            throw new IllegalStateException("no board");
        }
        return new EnvironmentTest.Echo();
    }

    private static Environment cannotBegin(int number) {
        return new Environment() {
            @Override
            public String reset(long seed) {
                return number == 0 ? "" : "ab";
            }

            @Override
            public Step step(String action) {
                return Step.last(1, "");
            }
        };
    }

    private static PpoTrainer trainer(CausalLm policy, Breach breach, OnFault onFault) {
        int[] count = {0};
        return PpoTrainer.builder(policy, new LetterTokenizer())
                .environment(() -> broken(breach, count[0]++), settings(onFault))
                .options(PpoFixtures.inEnvironment(Credit.TOKEN).withSteps(3, 8))
                .build();
    }

    private static EnvironmentSettings settings(OnFault onFault) {
        return new EnvironmentSettings("broken", Map.of(), null, 8, 0.2, 4000, onFault);
    }
}
