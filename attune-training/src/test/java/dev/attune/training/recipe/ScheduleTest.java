package dev.attune.training.recipe;

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

    /**
     * transformers' get_linear_schedule_with_warmup, get_cosine_schedule_with_warmup and get_constant_schedule_with_warmup,
     * whose step k counts from 0, for 3 of 8 steps of warm-up.
     */
    @Test
    void transformersStyleHasTheFactorsOfTransformers() {
        assertThat(factors(new Schedule(Schedule.Shape.LINEAR, Schedule.WarmUp.TRANSFORMERS, 3, 8)))
                .containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 0.8, 0.6, 0.4, 0.2}, within(1e-12));
        assertThat(factors(new Schedule(Schedule.Shape.CONSTANT, Schedule.WarmUp.TRANSFORMERS, 3, 8)))
                .containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1, 1, 1, 1}, within(1e-12));
        assertThat(factors(new Schedule(Schedule.Shape.COSINE, Schedule.WarmUp.TRANSFORMERS, 3, 8)))
                .containsExactly(
                        new double[] {
                            0,
                            1 / 3.0,
                            2 / 3.0,
                            1,
                            0.9045084971874737,
                            0.6545084971874737,
                            0.34549150281252633,
                            0.09549150281252627
                        },
                        within(1e-12));
    }

    @Test
    void everyShapeFollowsTransformersFormula() {
        for (int steps : new int[] {1, 2, 7, 10, 100}) {
            for (int warmUp : new int[] {0, 1, 3, 10, 40}) {
                for (Schedule.Shape shape : Schedule.Shape.values()) {
                    Schedule schedule = new Schedule(shape, Schedule.WarmUp.TRANSFORMERS, warmUp, steps);
                    for (int k = 0; k < steps; k++) {
                        assertThat(schedule.factor(k + 1))
                                .as("%s, warm-up %d of %d, step %d", shape, warmUp, steps, k)
                                .isCloseTo(transformers(shape, k, warmUp, steps), within(1e-12));
                    }
                }
            }
        }
    }

    /** lr_lambda of transformers/optimization.py. */
    private static double transformers(Schedule.Shape shape, int k, int warmUp, int steps) {
        if (k < warmUp) {
            return (double) k / Math.max(1, warmUp);
        }
        return switch (shape) {
            case CONSTANT -> 1;
            case LINEAR -> Math.max(0.0, (double) (steps - k) / Math.max(1, steps - warmUp));
            case COSINE ->
                Math.max(
                        0.0,
                        0.5 * (1 + Math.cos(Math.PI * 0.5 * 2 * (double) (k - warmUp) / Math.max(1, steps - warmUp))));
        };
    }

    /** transformers: warmup_steps = math.ceil(num_training_steps * warmup_ratio), in float64. */
    @Test
    void aWarmUpRatioIsRoundedUp() {
        assertThat(warmUp(10, 0.1)).isEqualTo(1);
        assertThat(warmUp(11, 0.1)).isEqualTo(2);
        assertThat(warmUp(1, 0.03)).isEqualTo(1);
        assertThat(warmUp(100, 0.07)).as("100 * 0.07 is 7.000000000000001").isEqualTo(8);
        assertThat(warmUp(200, 0.05)).isEqualTo(10);
        assertThat(warmUp(9, 1)).isEqualTo(9);
        assertThat(warmUp(9, 0)).isZero();
    }

    private static int warmUp(int steps, double ratio) {
        return new OptimizerSettings(
                        1, 0.9, 0.999, 1e-8, 0, Schedule.Shape.LINEAR, 0, ratio, Schedule.WarmUp.TRANSFORMERS, 1.0)
                .schedule(steps)
                .warmUp();
    }

    private static double[] factors(Schedule schedule) {
        return IntStream.rangeClosed(1, schedule.steps())
                .mapToDouble(schedule::factor)
                .toArray();
    }
}
