package dev.attune.core.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthAndRepetitionTest {
    @Test
    void rewardsThatGoWithLengthShow() {
        double[] scores = IntStream.rangeClosed(1, 20).mapToDouble(i -> i).toArray();
        double[] lengths = IntStream.rangeClosed(1, 20).mapToDouble(i -> 10 * i).toArray();
        LengthBias bias = LengthBias.of(scores, lengths, 1);
        assertThat(bias.correlation().value()).isEqualTo(1);
        assertThat(bias.correlation().interval().low()).isEqualTo(1);
        assertThat(bias.deciles()).hasSize(10);
        assertThat(bias.deciles().get(0)).isEqualTo(new LengthBias.Decile(1.5, 15, 2));
        assertThat(bias.deciles().get(9)).isEqualTo(new LengthBias.Decile(19.5, 195, 2));
    }

    /** Ranks 1 2 3 4 against 1 3 2 4: 1 - 6 (1 + 1) / (4 (16 - 1)) = 0.8. */
    @Test
    void theCorrelationIsSpearmans() {
        LengthBias bias = LengthBias.of(new double[] {-1, 0, 2, 9}, new double[] {5, 8, 7, 30}, 1);
        assertThat(bias.correlation().value()).isCloseTo(0.8, within(1e-12));
        assertThat(bias.deciles()).hasSize(4);
    }

    /** 123 231 312 123, then 123: of five runs three are different and one repeats in its own completion. */
    @Test
    void countsRunsOfThreeTokens() {
        Repetition repetition =
                Repetition.of(List.of(List.of(new int[] {1, 2, 3, 1, 2, 3}), List.of(new int[] {1, 2, 3})));
        assertThat(repetition.distinct()).isCloseTo(0.6, within(1e-12));
        assertThat(repetition.repeated()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void noRunReachesOverWhatAnEnvironmentWrote() {
        assertThat(Repetition.of(List.of(List.of(new int[] {1, 2}, new int[] {3}))))
                .isEqualTo(new Repetition(1, 0));
    }
}
