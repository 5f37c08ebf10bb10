package dev.attune.training.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.training.advantage.DynamicSampling.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicSamplingTest {
    private static final Candidate<String> WRONG = new Candidate<>("all wrong", new double[] {0, 0});

    @Test
    void keptGroupsFillTheBatchExactly() {
        DynamicSampling<String> sampling = new DynamicSampling<>(2, 5);
        sampling.offer(List.of(mixed("a"), WRONG));
        assertThat(sampling.wantsMore()).isTrue();
        assertThat(sampling.lacking()).isEqualTo(1);
        sampling.offer(List.of(WRONG, mixed("b"), mixed("c")));
        assertThat(sampling.wantsMore()).isFalse();
        assertThat(sampling.kept()).containsExactly("a", "b");
        assertThat(sampling.dropped()).isEqualTo(2);
        assertThat(sampling.surplus()).isEqualTo(1);
    }

    @Test
    void stopsAfterItsBudgetAndSaysSo() {
        DynamicSampling<String> sampling = new DynamicSampling<>(2, 3);
        int rounds = 0;
        while (sampling.wantsMore()) {
            sampling.offer(List.of(WRONG, WRONG));
            rounds++;
        }
        assertThat(rounds).isEqualTo(3);
        assertThat(sampling.kept()).isEmpty();
        assertThat(sampling.summary()).contains("2 fewer than a batch").contains("6 without");
        assertThatThrownBy(() -> sampling.offer(List.of(WRONG))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decidesByExactEqualityBeforeShaping() {
        OverlongPenalty penalty = new OverlongPenalty(100, 20);
        double[] shaped = {0 + penalty.of(80), 0 + penalty.of(90)};
        assertThat(DynamicSampling.hasSignal(0, 0)).isFalse();
        assertThat(DynamicSampling.hasSignal(shaped)).isTrue(); // which is why it is asked about the task's rewards
        assertThat(DynamicSampling.hasSignal(0.3, 0.1 + 0.2)).isTrue();
        assertThat(DynamicSampling.hasSignal(Double.NaN, 1, 1)).isFalse();
        assertThat(DynamicSampling.hasSignal(Double.NaN, 1)).isFalse();
    }

    @Test
    void smallGroupsWithRareRewardsSayNothing() {
        assertThat(DynamicSampling.expectedShareWithoutSignal(0.18, 2)).isCloseTo(0.70, within(0.005));
        assertThat(DynamicSampling.expectedShareWithoutSignal(0.18, 8)).isCloseTo(0.20, within(0.005));
    }

    @Test
    void overlongPenaltyFallsFromZeroToMinusOne() {
        OverlongPenalty penalty = new OverlongPenalty(100, 20);
        assertThat(penalty.of(10)).isZero();
        assertThat(penalty.of(80)).isZero();
        assertThat(penalty.of(90)).isCloseTo(-0.5, within(1e-12));
        assertThat(penalty.of(100)).isEqualTo(-1);
        assertThat(penalty.of(120)).isEqualTo(-1);
        assertThatThrownBy(() -> new OverlongPenalty(10, 20)).isInstanceOf(BadInputException.class);
    }

    private static Candidate<String> mixed(String name) {
        return new Candidate<>(name, new double[] {0, 1});
    }
}
