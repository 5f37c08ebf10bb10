package dev.attune.training.kl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KlTest {
    @Test
    void estimatorsAtPlusAndMinusOneHalf() {
        assertThat(KlEstimator.K1.estimate(-1, -1.5)).isEqualTo(0.5);
        assertThat(KlEstimator.K2.estimate(-1, -1.5)).isEqualTo(0.125);
        assertThat(KlEstimator.K3.estimate(-1, -1.5)).isCloseTo(Math.exp(-0.5) - 1 + 0.5, within(1e-12));
        assertThat(KlEstimator.K1.estimate(-1.5, -1)).isEqualTo(-0.5);
        assertThat(KlEstimator.K3.estimate(-1.5, -1)).isCloseTo(Math.exp(0.5) - 1 - 0.5, within(1e-12));
    }

    @Test
    void clampsLogRatiosAndK3() {
        assertThat(KlEstimator.K1.estimate(-1, -100)).isEqualTo(20);
        assertThat(KlEstimator.K1.estimate(-100, -1)).isEqualTo(-20);
        assertThat(KlEstimator.K2.estimate(-1, -100)).isEqualTo(200);
        assertThat(KlEstimator.K3.estimate(-100, -1)).isEqualTo(10);
    }

    /**
     * A policy with a higher probability of a token than the reference is penalised: the sign is log pi - log pi_ref.
     */
    @Test
    void inExpectationEveryEstimatorIsAboveZeroAndK1AndK3AreTheTrueKl() {
        double[] policy = {0.7, 0.2, 0.1};
        double[] reference = {0.5, 0.3, 0.2};
        double exact = 0;
        double k1 = 0;
        double k2 = 0;
        double k3 = 0;
        for (int a = 0; a < 3; a++) {
            double logPolicy = Math.log(policy[a]);
            double logReference = Math.log(reference[a]);
            exact += policy[a] * Math.log(policy[a] / reference[a]);
            k1 += policy[a] * KlEstimator.K1.estimate(logPolicy, logReference);
            k2 += policy[a] * KlEstimator.K2.estimate(logPolicy, logReference);
            k3 += policy[a] * KlEstimator.K3.estimate(logPolicy, logReference);
        }
        assertThat(k1).isCloseTo(exact, within(1e-12));
        assertThat(k3).isCloseTo(exact, within(1e-12));
        assertThat(k2).isPositive().isCloseTo(exact, within(0.02));
    }

    @Test
    void adaptiveControllerFollowsZiegler() {
        KlController controller = KlController.of(0.15, 6.0, 10_000);
        // KL 9: e = min(9/6 - 1, 0.2) = 0.2, so beta = 0.15 * (1 + 0.2 * 512 / 10000)
        assertThat(controller.after(9, 512).coefficient()).isCloseTo(0.15 * 1.01024, within(1e-12));
        // KL 5.4: e = -0.1
        assertThat(controller.after(5.4, 512).coefficient()).isCloseTo(0.15 * (1 - 0.00512), within(1e-12));
        assertThat(controller.after(0, 512).coefficient()).isCloseTo(0.15 * (1 - 0.01024), within(1e-12));
    }

    @Test
    void adaptiveCoefficientStaysPositive() {
        // published up to the edge: 49 rollouts over a horizon of 10, e = -0.2, factor 1 - 0.98
        assertThat(KlController.of(0.15, 6.0, 10).after(0, 49).coefficient()).isCloseTo(0.15 * 0.02, within(1e-12));
        assertThat(KlController.of(0.15, 6.0, 10).after(9, 49).coefficient()).isCloseTo(0.15 * 1.98, within(1e-12));
        // at the edge the published factor is 0, beyond it -1
        assertThat(KlController.of(0.15, 6.0, 10).after(0, 50).coefficient()).isCloseTo(0.0015, within(1e-12));
        assertThat(KlController.of(0.15, 6.0, 10).after(0, 100).coefficient()).isCloseTo(0.0015, within(1e-12));
        assertThat(KlController.of(0.15, 6.0, 10).after(9, 100).coefficient()).isCloseTo(0.45, within(1e-12));
        KlController controller = KlController.of(0.15, 6.0, 1);
        for (int step = 0; step < 500; step++) {
            controller = controller.after(0, 64);
            assertThat(controller.coefficient()).isNotNegative();
        }
    }

    @Test
    void adaptiveCoefficientSurvivesAnyKl() {
        KlController controller = KlController.of(0.15, 6.0, 10_000);
        assertThat(controller.after(Double.NaN, 512).coefficient()).isEqualTo(0.15);
        assertThat(controller.after(-3, 512).coefficient()).isCloseTo(0.15 * (1 - 0.01024), within(1e-12));
        assertThat(controller.after(Double.NEGATIVE_INFINITY, 512).coefficient())
                .isCloseTo(0.15 * (1 - 0.01024), within(1e-12));
        assertThat(controller.after(Double.POSITIVE_INFINITY, 512).coefficient())
                .isCloseTo(0.15 * 1.01024, within(1e-12));
        assertThat(KlController.of(Double.MAX_VALUE, 6.0, 10).after(9, 40).coefficient())
                .isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void withoutTargetTheCoefficientStays() {
        assertThat(KlController.of(0.05, null, 10_000).after(99, 64).coefficient())
                .isEqualTo(0.05);
    }
}
