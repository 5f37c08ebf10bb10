package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankProbabilityTest {
    @Test
    void pairsInOrderCountOneAndTiesHalf() {
        // pairs: 0.9 above all three; 0.5 above 0.1, equal to 0.5, below 0.6
        assertThat(RankProbability.of(List.of(0.9, 0.5), List.of(0.1, 0.5, 0.6)))
                .isEqualTo((3 + 1 + 0.5) / 6);
        assertThat(RankProbability.of(List.of(1.0), List.of(2.0))).isZero();
        assertThat(RankProbability.of(List.of(), List.of(1.0))).isNaN();
        assertThat(RankProbability.of(List.of(1.0), List.of())).isNaN();
    }
}
