package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.training.kl.KlEstimator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyObjectiveTest {
    private static final Map<String, PolicyObjective> ALL = Map.of(
            "clip", ClippedObjective.symmetric(0.2),
            "clip higher", new ClippedObjective(RatioLevel.TOKEN, 0.2, 0.28, 4.0),
            "gspo", new ClippedObjective(RatioLevel.SEQUENCE, 0.2, 0.2, null),
            "rloo", new ClippedObjective(RatioLevel.SEQUENCE_SUM, 0.2, 0.2, null),
            "cispo", new CispoObjective(RatioLevel.TOKEN, 1.1),
            "sapo", SapoObjective.defaults(),
            "ratio", new RatioObjective(RatioLevel.TOKEN),
            "likelihood", new LikelihoodObjective(),
            "vespo", VespoObjective.defaults());

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
    void boundsDifferOnBothSides() {
        // ratios 1.5, 1.5, 0.5, 0.5 with A 1, -1, 1, -1; eps 0.2 and 0.28
        PolicyObjective.Terms terms = new ClippedObjective(RatioLevel.TOKEN, 0.2, 0.28, null)
                .terms(tokens(new double[] {1.5, 1.5, 0.5, 0.5}, new double[] {1, -1, 1, -1}));
        assertThat(terms.losses().toDoubles()).containsExactly(new double[] {-1.28, 1.5, -0.5, 0.8}, within(1e-9));
        assertThat(terms.clippedHigh().toFloats()).containsExactly(1, 0, 0, 0);
        assertThat(terms.clippedLow().toFloats()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void deltaBoundsTheLossOfANegativeAdvantage() {
        ClippedObjective objective = new ClippedObjective(RatioLevel.TOKEN, 0.2, 0.2, 4.0);
        PolicyObjective.Terms terms = objective.terms(tokens(new double[] {9, 9}, new double[] {-1, 1}));
        assertThat(terms.losses().toDoubles()).containsExactly(new double[] {4, -1.2}, within(1e-9));
    }

    @Test
    void sequenceRatioIsTheGeometricMean() {
        // sequences (2, 0.5, 4) and (3): exp(mean log) = 4^(1/3) and 3; sums 4 and 3
        PolicyTokens tokens =
                new PolicyTokens(logs(2, 0.5, 4, 3), row(0, 0, 0, 0), row(1, 1, 1, 1), SequenceLengths.of(3, 0, 1));
        double mean = Math.cbrt(4);
        assertThat(RatioLevel.SEQUENCE.of(tokens).perToken().toDoubles())
                .containsExactly(new double[] {mean, mean, mean, 3}, within(1e-9));
        assertThat(RatioLevel.SEQUENCE_SUM.of(tokens).perToken().toDoubles())
                .containsExactly(new double[] {4, 4, 4, 3}, within(1e-9));
        assertThat(RatioLevel.SEQUENCE_TOKEN.of(tokens).perToken().toDoubles())
                .containsExactly(new double[] {mean, mean, mean, 3}, within(1e-9));
    }

    @Test
    void gspoTokenHasTheSequencesValueAndTheTokensGradient() {
        double[] at = {0.3, -0.2, 0.1};
        double ratio = Math.exp(0.2 / 3);
        double[] gradient = Gradients.of(
                x -> new RatioObjective(RatioLevel.SEQUENCE_TOKEN)
                        .terms(new PolicyTokens(x, row(0, 0, 0), row(2, -1, 1), SequenceLengths.of(3)))
                        .losses()
                        .sum(),
                at);
        assertThat(gradient).containsExactly(new double[] {-2 * ratio, ratio, -ratio}, within(1e-9));
    }

    @Test
    void cispoKeepsTheGradientOfClippedTokens() {
        // weights min(9, 5) = 5 and 0.5
        double[] gradient = Gradients.of(
                x -> new CispoObjective(RatioLevel.TOKEN, 5)
                        .terms(new PolicyTokens(x, row(0, 0), row(1, -2), SequenceLengths.of(2)))
                        .losses()
                        .sum(),
                Math.log(9),
                Math.log(0.5));
        assertThat(gradient).containsExactly(new double[] {-5, 1}, within(1e-9));
    }

    @Test
    void sapoHasSlopeOneAtTheOldPolicy() {
        PolicyTokens tokens = tokens(new double[] {1, 1, 2}, new double[] {1, -1, -1});
        // (4 / tau) sigma(0) = 2 / tau; third: (4 / 1.05) sigma(1.05)
        assertThat(SapoObjective.defaults().terms(tokens).losses().toDoubles())
                .containsExactly(new double[] {-2, 2 / 1.05, 4 / 1.05 / (1 + Math.exp(-1.05))}, within(1e-9));
        double[] gradient = Gradients.of(
                x -> SapoObjective.defaults()
                        .terms(new PolicyTokens(x, row(0, 0), row(3, -2), SequenceLengths.of(2)))
                        .losses()
                        .sum(),
                0,
                0);
        assertThat(gradient).containsExactly(new double[] {-3, 2}, within(1e-9));
    }

    @Test
    void vespoWeighsByTheSequencesRatio() {
        // w = 2 * 0.75 = 1.5 with A 1: exp(3 + 2 log 1.5 - 4.5); A -1: exp(2 + 3 log 1.5 - 3)
        double up = Math.exp(3 + 2 * Math.log(1.5) - 4.5);
        double down = Math.exp(2 + 3 * Math.log(1.5) - 3);
        for (double sign : new double[] {1, -1}) {
            double[] gradient = Gradients.of(
                    x -> VespoObjective.defaults()
                            .terms(new PolicyTokens(x, row(0, 0), row(sign, sign), SequenceLengths.of(2)))
                            .losses()
                            .sum(),
                    Math.log(2),
                    Math.log(0.75));
            double weight = sign > 0 ? -up : down;
            assertThat(gradient).containsExactly(new double[] {weight, weight}, within(1e-9));
        }
    }

    @Test
    void gradientsMatchFiniteDifferences() {
        for (String name : List.of("clip", "clip higher", "gspo", "rloo", "sapo", "ratio")) {
            Gradients.assertMatch(name, x -> sum(ALL.get(name), x), -1.1, -0.7, -2.3, -0.2, -1.5);
        }
    }

    private static Tensor sum(PolicyObjective objective, Tensor logs) {
        PolicyTokens tokens = new PolicyTokens(
                logs, row(-1, -1, -2, -0.6, -1.45), row(1, 1, -2, -2, 0.5), SequenceLengths.of(2, 2, 1));
        PolicyObjective.Terms terms = objective.terms(tokens);
        Tensor kl = KlTerm.defaults()
                .of(logs, row(-1.2, -0.9, -2, -0.4, -1), terms.ratios())
                .estimates();
        double[] weights = LossAggregation.GRPO.weights(LossWindow.of(2, 2, 1));
        return tokens.sequences().weighted(terms.losses().plus(kl.times(0.04)), weights);
    }

    /** A log-ratio of 100 overflows float32; of 1000, float64. */
    @Test
    void largeLogRatiosStayFiniteAndAreCounted() {
        ALL.forEach((name, objective) -> {
            for (float advantage : new float[] {1, 0, -1}) {
                Tensor logs = Tensor.of(new float[] {-1, -1, -1}, 3).requireGrad(true);
                Tensor old = Tensor.of(new float[] {-1001, -1, 999}, 3);
                Tensor advantages = Tensor.of(new float[] {advantage, advantage, advantage}, 3);
                PolicyTokens tokens = new PolicyTokens(logs, old, advantages, SequenceLengths.of(1, 1, 1));
                PolicyObjective.Terms terms = objective.terms(tokens);
                KlTerm.Estimates kl = KlTerm.defaults().of(logs, old, terms.ratios());
                terms.losses().plus(kl.estimates()).sum().backward();
                assertThat(terms.losses().isFinite()).as(name).isTrue();
                assertThat(logs.grad().isFinite()).as(name).isTrue();
                assertThat(terms.clampedExponents().item()).as(name).isEqualTo(2);
                assertThat(kl.clampedExponents().item()).as(name).isEqualTo(2);
            }
        });
    }

    @Test
    void ppoLossSurvivesLargeLogRatios() {
        Tensor logs = Tensor.of(new float[] {-1}, 1).requireGrad(true);
        PolicyLoss loss = PolicyLoss.of(logs, Tensor.of(new float[] {-101}, 1), Tensor.of(new float[] {0}, 1), 0.2);
        loss.loss().backward();
        assertThat(logs.grad().toFloats()).containsExactly(0);
    }

    /** PPO runs must give the same bits as with the equation written out. */
    @Test
    void ppoLossHasTheBitsOfItsEquation() {
        SplittableRandom random = new SplittableRandom(3);
        int count = 4096;
        float[][] data = new float[3][count];
        for (int i = 0; i < count; i++) {
            data[0][i] = (float) (-3 * random.nextDouble());
            data[1][i] = data[0][i] + (float) (0.6 * random.nextDouble() - 0.3);
            data[2][i] = i % 7 == 0 ? 0 : (float) (random.nextDouble() - 0.5);
        }
        Tensor old = Tensor.of(data[1], count);
        Tensor advantages = Tensor.of(data[2], count);
        Tensor first = Tensor.of(data[0], count).requireGrad(true);
        PolicyLoss loss = PolicyLoss.of(first, old, advantages, 0.2);
        loss.loss().backward();
        Tensor second = Tensor.of(data[0], count).requireGrad(true);
        Tensor ratio = second.minus(old).exp();
        Tensor free = advantages.negate().times(ratio);
        Tensor bounded = advantages.negate().times(ratio.clamp(0.8, 1.2));
        Tensor expected = free.maximum(bounded).sum();
        expected.backward();
        assertThat(loss.loss().item()).isEqualTo(expected.item());
        assertThat(loss.ratio().toFloats()).isEqualTo(ratio.toFloats());
        assertThat(loss.clipped().toFloats())
                .isEqualTo(bounded.greaterThan(free).toFloat().toFloats());
        assertThat(first.grad().toFloats()).isEqualTo(second.grad().toFloats());
    }

    @Test
    void correctedK3HasAnotherGradientOnPolicy() {
        // x = log pi - log pi_ref = 0.5, ratio 1: plain k3' = 1 - exp(-x); corrected adds k3 itself
        double k3 = Math.exp(-0.5) - 1 + 0.5;
        for (boolean corrected : new boolean[] {false, true}) {
            double[] gradient = Gradients.of(
                    x -> new KlTerm(KlEstimator.K3, corrected)
                            .of(x, row(-1), x.minus(x.detach()).exp())
                            .estimates()
                            .sum(),
                    -0.5);
            assertThat(gradient[0]).isCloseTo(1 - Math.exp(-0.5) + (corrected ? k3 : 0), within(1e-9));
        }
        double[] k1 = Gradients.of(
                x -> new KlTerm(KlEstimator.K1, false)
                        .of(x, row(-1), x)
                        .estimates()
                        .sum(),
                -0.5);
        double[] k2 = Gradients.of(
                x -> new KlTerm(KlEstimator.K2, false)
                        .of(x, row(-1), x)
                        .estimates()
                        .sum(),
                -0.5);
        assertThat(k1[0]).isEqualTo(1);
        assertThat(k2[0]).isCloseTo(0.5, within(1e-9));
    }

    private static PolicyTokens tokens(double[] ratios, double[] advantages) {
        return new PolicyTokens(
                logs(ratios), row(new double[ratios.length]), row(advantages), SequenceLengths.of(ratios.length));
    }

    private static Tensor logs(double... ratios) {
        return row(ratios).log();
    }

    private static Tensor row(double... values) {
        return Tensor.of(values, values.length);
    }
}
