package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.training.kl.KlEstimator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each loss against numbers worked out by hand. */
class LossesTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void crossEntropyIsASumOverTargets() {
        // p = (1/4, 3/4) and (1/2, 1/2): - log 3/4 - log 1/2
        Tensor logits = Tensor.of(new float[] {0, (float) Math.log(3), 5, 5}, 2, 2);
        assertThat(CrossEntropy.sum(logits, Tensor.of(new long[] {1, 0}, 2)).item())
                .isCloseTo(-Math.log(0.75) - Math.log(0.5), within(1e-6));
    }

    @Test
    void bradleyTerryWithWeightsSoftLabelsAndMargins() {
        Tensor loss = BradleyTerryLoss.sum(row(2, 1), row(1, 1), row(1, 0.75f), row(0.5f, 0), row(1, 2));
        // first: lead 1 - 0.5; second: lead 0, so log 2 whatever the probability, twice
        assertThat(loss.item()).isCloseTo(Math.log1p(Math.exp(-0.5)) + 2 * Math.log(2), within(1e-6));
        Tensor soft = BradleyTerryLoss.sum(row(1), row(0), row(0.75f), row(0), row(1));
        assertThat(soft.item())
                .isCloseTo(0.75 * Math.log1p(Math.exp(-1)) + 0.25 * Math.log1p(Math.exp(1)), within(1e-6));
    }

    @Test
    void bradleyTerryDoesNotOverflow() {
        assertThat(BradleyTerryLoss.sum(row(-500), row(500), row(1), row(0), row(1))
                        .item())
                .isCloseTo(1000, within(1e-3));
    }

    @Test
    void centeringIsTheSquaredSum() {
        assertThat(BradleyTerryLoss.centering(row(2, 1), row(1, -1), row(1, 1)).item())
                .isEqualTo(9);
    }

    @Test
    void plackettLuceOfThree() {
        // scores log 2, log 1, log 3; order 2, 0, 1: 3/6 * 2/3
        Tensor scores = row((float) Math.log(2), 0, (float) Math.log(3));
        Tensor loss = PlackettLuceLoss.loss(scores, List.of(List.of(2), List.of(0), List.of(1)), List.of());
        assertThat(loss.item()).isCloseTo(-Math.log(3.0 / 6 * 2 / 3), within(1e-6));
        assertThat(PlackettLuceLoss.picks(List.of(List.of(2), List.of(0), List.of(1)), List.of()))
                .isEqualTo(2);
    }

    @Test
    void plackettLuceOfTwoIsBradleyTerry() {
        Tensor loss = PlackettLuceLoss.loss(row(0.3f, 1.5f), List.of(List.of(1), List.of(0)), List.of());
        assertThat(loss.item()).isCloseTo(Math.log1p(Math.exp(-1.2)), within(1e-6));
    }

    @Test
    void plackettLuceTakesATieAsASet() {
        // scores log 2, log 1, log 3; {0, 2} tied above 1: (2/6) (3/6), whichever is named first
        Tensor scores = row((float) Math.log(2), 0, (float) Math.log(3));
        double expected = -Math.log(2.0 / 6 * 3 / 6);
        assertThat(PlackettLuceLoss.loss(scores, List.of(List.of(0, 2), List.of(1)), List.of())
                        .item())
                .isCloseTo(expected, within(1e-6));
        assertThat(PlackettLuceLoss.loss(scores, List.of(List.of(2, 0), List.of(1)), List.of())
                        .item())
                .isCloseTo(expected, within(1e-6));
        assertThat(PlackettLuceLoss.loss(scores, List.of(List.of(0, 1, 2)), List.of())
                        .item())
                .isZero();
    }

    @Test
    void plackettLuceUsesTheRankedPrefixAlone() {
        // 1 first, 0 and 2 unranked below: 1/6
        Tensor scores = row((float) Math.log(2), 0, (float) Math.log(3));
        Tensor loss = PlackettLuceLoss.loss(scores, List.of(List.of(1)), List.of(0, 2));
        assertThat(loss.item()).isCloseTo(Math.log(6), within(1e-6));
        assertThat(PlackettLuceLoss.picks(List.of(List.of(1)), List.of(0, 2))).isEqualTo(1);
    }

    @Test
    void policyLossIsClippedOnTheSideThatWouldGain() {
        // ratios 1.5, 1.5, 0.5, 0.5 with advantages 1, -1, 1, -1 and eps 0.2:
        // - min(1.5, 1.2), - min(-1.5, -1.2), - min(0.5, 0.8), - min(-0.5, -0.8)
        Tensor now = row((float) Math.log(1.5), (float) Math.log(1.5), (float) Math.log(0.5), (float) Math.log(0.5));
        PolicyLoss loss = PolicyLoss.of(now, row(0, 0, 0, 0), row(1, -1, 1, -1), 0.2);
        assertThat(loss.loss().item()).isCloseTo(-1.2 + 1.5 - 0.5 + 0.8, within(1e-6));
        assertThat(loss.clipped().toFloats()).containsExactly(1, 0, 0, 1);
        assertThat(loss.ratio().toFloats()).containsExactly(new float[] {1.5f, 1.5f, 0.5f, 0.5f}, within(1e-6f));
    }

    @Test
    void policyLossHasTheGradientOfMinusAdvantageTimesLogProbability() {
        Tensor now = row(-1, -2).requireGrad(true);
        PolicyLoss.of(now, now.detach(), row(2, -3), 0.2).loss().backward();
        assertThat(now.grad().toFloats()).containsExactly(new float[] {-2, 3}, within(1e-6f));
    }

    @Test
    void valueLossIsHalfTheLargerSquare() {
        // V 1, old 0, R 2, eps 0.2: max(1, 3.24) / 2; V -1, old 0, R 2: max(9, 4.84) / 2
        ValueLoss loss = ValueLoss.of(row(1, -1), row(0, 0), row(2, 2), 0.2);
        assertThat(loss.loss().item()).isCloseTo((3.24 + 9) / 2, within(1e-5));
        assertThat(loss.clipped().toFloats()).containsExactly(1, 0);
        assertThat(ValueLoss.of(row(1, -1), row(0, 0), row(2, 2), null).loss().item())
                .isCloseTo(5, within(1e-6));
    }

    @Test
    void entropyOfUniformAndCertain() {
        Tensor logits = Tensor.of(new float[] {3, 3, 3, 3, 100, 0, 0, 0}, 2, 4);
        assertThat(Entropy.of(logits).toFloats()).containsExactly(new float[] {(float) Math.log(4), 0}, within(1e-5f));
    }

    @Test
    void klLossesAgreeWithTheirEstimators() {
        float[] policy = {-1, -1.5f, -1, -100};
        float[] reference = {-1.5f, -1, -100, -1};
        for (KlEstimator estimator : KlEstimator.values()) {
            double expected = 0;
            for (float estimate : estimator.estimate(policy, reference)) {
                expected += estimate;
            }
            assertThat(KlLoss.sum(estimator, row(policy), row(reference)).item())
                    .as(estimator.name())
                    .isCloseTo(expected, within(1e-4));
        }
    }

    private static Tensor row(float... values) {
        return Tensor.of(values, values.length);
    }
}
