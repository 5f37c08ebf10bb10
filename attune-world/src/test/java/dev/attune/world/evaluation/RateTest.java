package dev.attune.world.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final Offset<Double> CLOSE = Offset.offset(5e-5);

    @Test
    void givesWilsonsInterval() {
        // Computed by hand: p = 0.5, n = 10, z = 1.96 gives centre 0.5, half width 0.2634.
        Rate half = new Rate(5, 10);
        assertThat(half.value()).isEqualTo(0.5);
        assertThat(half.low()).isCloseTo(0.23659, CLOSE);
        assertThat(half.high()).isCloseTo(0.76341, CLOSE);
    }

    @Test
    void staysInsideZeroAndOne() {
        assertThat(new Rate(0, 1000).low()).isCloseTo(0, CLOSE);
        assertThat(new Rate(0, 1000).high()).isCloseTo(0.003827, CLOSE);
        assertThat(new Rate(10, 10).high()).isCloseTo(1, CLOSE);
        assertThat(new Rate(10, 10).low()).isCloseTo(0.72247, CLOSE);
    }

    @Test
    void saysNothingOfNoCases() {
        assertThat(new Rate(0, 0).value()).isZero();
        assertThat(new Rate(0, 0).low()).isCloseTo(0, CLOSE);
        assertThat(new Rate(0, 0).high()).isCloseTo(1, CLOSE);
    }
}
