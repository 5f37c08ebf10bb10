package dev.attune.core.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BestOfNTest {
    @Test
    void theLowestIndexWinsATie() {
        assertThat(BestOfN.best(1, 3, 3, 2)).isEqualTo(1);
        assertThat(BestOfN.worst(3, 1, 1)).isEqualTo(1);
        assertThat(BestOfN.best(Double.NaN, -5, Double.NaN)).isEqualTo(1);
        assertThat(BestOfN.best(Double.NaN)).isEqualTo(-1);
    }

    @Test
    void equalScoresAreNoPair() {
        assertThat(BestOfN.pair(-1, -1, -1)).isNull();
        assertThat(BestOfN.pair(Double.NaN, -1)).isNull();
        assertThat(BestOfN.pair()).isNull();
        assertThat(BestOfN.pair(0, 2, -1, 2)).isEqualTo(new BestOfN.Pair(1, 2));
    }

    @Test
    void klBound() {
        assertThat(BestOfN.klBound(1)).isZero();
        assertThat(BestOfN.klBound(4)).isCloseTo(0.6363, within(5e-5));
        assertThat(BestOfN.klBound(16)).isCloseTo(1.8351, within(5e-5));
    }
}
