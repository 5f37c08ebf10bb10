package dev.attune.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void warmsUpLinearlyThenFalls() {
        assertThat(factors(new Schedule(Schedule.Shape.LINEAR, 2, 6)))
                .containsExactly(new double[] {0.5, 1, 1, 0.75, 0.5, 0.25}, within(1e-12));
        assertThat(factors(new Schedule(Schedule.Shape.CONSTANT, 2, 4)))
                .containsExactly(new double[] {0.5, 1, 1, 1}, within(1e-12));
    }

    @Test
    void cosineIsHalfWayInTheMiddle() {
        double[] factors = factors(new Schedule(Schedule.Shape.COSINE, 0, 4));
        double eighth = (1 + Math.sqrt(0.5)) / 2;
        assertThat(factors).containsExactly(new double[] {1, eighth, 0.5, 1 - eighth}, within(1e-12));
    }

    @Test
    void pastTheEndTheRateStays() {
        Schedule schedule = new Schedule(Schedule.Shape.LINEAR, 0, 4);
        assertThat(schedule.factor(9)).isEqualTo(schedule.factor(4)).isEqualTo(0.25);
    }

    private static double[] factors(Schedule schedule) {
        return IntStream.rangeClosed(1, schedule.steps())
                .mapToDouble(schedule::factor)
                .toArray();
    }
}
