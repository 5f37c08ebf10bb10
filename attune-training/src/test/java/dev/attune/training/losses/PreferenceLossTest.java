package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Preference losses against closed forms, with gradients against finite differences. */
class PreferenceLossTest {
    private static final PreferenceSettings PLAIN = PreferenceSettings.defaults();
    private static final PreferenceSettings SMOOTHED = PLAIN.withLabelSmoothing(0.1);
    private static final int[] CHOSEN_TOKENS = {4, 2, 5};
    private static final int[] REJECTED_TOKENS = {3, 6, 1};

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sigmoid, 2, 0, 0.5981",
        "hinge, 2, 0, 0.8",
        "robust, 2, 0.1, 0.5731",
        "cdpo, 2, 0.1, 0.6181",
        "ipo, 2, 0, 9",
        "sigmoid, 0, 0, 0.6931",
        "hinge, 0, 0, 1",
        "robust, 0, 0.1, 0.6931",
        "cdpo, 0, 0.1, 0.6931",
        "ipo, 0, 0, 25"
    })
    void valuesAtOneDifference(String name, double difference, double smoothing, double expected) {
        PreferenceObjective loss = named(name, PLAIN.withLabelSmoothing(smoothing));
        // one token each, so that sums and averages agree: c = d - 1, r = -1
        PreferencePairs pairs = pairs(new double[] {difference - 1 - 7, -1 - 9}, -7, -9, 1, 1);
        assertThat(loss.sum(pairs, ones(1), ones(1)).item()).isCloseTo(expected, within(5e-5));
    }

    /** Values that TRL 1.13 computes in float64, label smoothing 0.1: three pairs with beta 0.3. */
    @ParameterizedTest
    @CsvSource({
        "sigmoid, 1.0374879504858856, 0.4374879504858857, 0.9432489459974549",
        "robust, 1.1124879504858856, 0.3624879504858856, 0.9994989459974548",
        "hinge, 1.6, 0.4, 1.45",
        "ipo, 5.8402777777777795, 4.0, 7.654444444444444",
        "sigmoid_norm, 0.8119620020497037, 0.7443966600735709, 0.8716983585938614",
        "exo_pair, 0.8739182534588557, 0.2338390216921992, 0.7786107576565133",
        "nca_pair, 1.6021098040688346, 1.387873159397844, 1.5086131939185616",
        "bco_pair, 1.795509119200615, 1.3007704178239168, 1.6253122922580592",
        "apo_zero, 1.136506985813345, 0.8771315227267777, 1.1118723621554087",
        "apo_down, 1.2200988230374543, 0.7086873875484092, 1.0732093886054723",
        "aot, 0.7559570477895321, 0.5843552444685272, 0.9774879504858855",
        "aot_unpaired, 0.4974879504858857, 0.898248945997455, 0.9774879504858855",
        "discopop, 1.0374927713948257, 0.5488109521018648, 0.9433260754108567",
        "sppo_hard, 22.222222222222225, 18.88888888888889, 11.805555555555557"
    })
    void valuesOfTrl(String name, double first, double second, double third) {
        PreferencePairs pairs = threePairs(row(-4, -9, -6.5, -5, -8, -3));
        assertThat(named(name, SMOOTHED.withBeta(0.3)).perPair(pairs, ones(3)).toDoubles())
                .containsExactly(new double[] {first, second, third}, within(1e-12));
    }

    @Test
    void averagesAreOverEachCompletionsOwnTokens() {
        // c = 2 over 4 tokens, r = -3 over 2: averages 0.5 and -1.5, difference 2
        PreferencePairs pairs = pairs(new double[] {2 - 7, -3 - 9}, -7, -9, 4, 2);
        assertThat(named("ipo", PLAIN).sum(pairs, ones(1), ones(1)).item()).isCloseTo(9, within(1e-9));
        assertThat(named("sigmoid_norm", PLAIN).sum(pairs, ones(1), ones(1)).item())
                .isCloseTo(Math.log1p(Math.exp(-0.2)), within(1e-9));
    }

    @Test
    void optimalTransportSortsBothSides() {
        // c = (3, 1), r = (-1, 2): sorted c (1, 3), sorted r (-1, 2), differences 2 and 1
        PreferencePairs pairs = twoPairs(new double[] {3, 1, -1, 2});
        double expected = soft(0.2) + soft(0.1);
        assertThat(named("aot_unpaired", PLAIN).sum(pairs, ones(2), ones(2)).item())
                .isCloseTo(expected, within(1e-9));
        // policy differences 4 and -1, reference differences 0 and 0: sorted -1 and 4
        assertThat(named("aot", PLAIN).sum(pairs, ones(2), ones(2)).item())
                .isCloseTo(soft(-0.1) + soft(0.4), within(1e-9));
    }

    @Test
    void supervisedTermIsAMeanOverTokens() {
        PreferencePairs pairs =
                PreferencePairs.of(row(-6, -2), row(-1, -1), null, null, new int[] {3, 1}, new int[] {1, 1});
        PreferenceObjective sft = named("sft", PLAIN);
        assertThat(sft.needsReference()).isFalse();
        // 8 nats over 4 tokens, as the mean over two pairs
        assertThat(sft.sum(pairs, ones(2), ones(2)).item() / 2).isCloseTo(2, within(1e-9));
        // in micro-batches of one pair of the same window: 2 tokens per pair
        double parts = 0;
        for (int i = 0; i < 2; i++) {
            PreferencePairs one = PreferencePairs.of(
                    pairs.chosen().narrow(0, i, 1),
                    pairs.rejected().narrow(0, i, 1),
                    null,
                    null,
                    new int[] {i == 0 ? 3 : 1},
                    new int[] {1});
            parts += sft.sum(one.withSft(one.chosen(), 2), ones(1), ones(1)).item();
        }
        assertThat(parts / 2).isCloseTo(2, within(1e-9));
    }

    @Test
    void lossesWithoutReference() {
        PreferencePairs pairs = PreferencePairs.of(row(-2), row(-6), null, null, new int[] {4}, new int[] {3});
        // averages -0.5 and -2
        double odds = (-0.5 - Math.log(1 - Math.exp(-0.5))) - (-2 - Math.log(1 - Math.exp(-2)));
        assertThat(named("odds_ratio", PLAIN).sum(pairs, ones(1), ones(1)).item())
                .isCloseTo(0.1 * soft(odds), within(1e-9));
        assertThat(named("orpo", PLAIN).sum(pairs, ones(1), ones(1)).item())
                .isCloseTo(0.1 * soft(odds) + 0.5, within(1e-9));
        assertThat(named("simpo", PLAIN.withBeta(2))
                        .sum(pairs, ones(1), ones(1))
                        .item())
                .isCloseTo(soft(2 * 1.5 - 0.5), within(1e-9));
        assertThat(named("cpo", PLAIN).sum(pairs, ones(1), ones(1)).item()).isCloseTo(soft(0.4), within(1e-9));
    }

    @Test
    void oddsOfACertainCompletionAreFinite() {
        double[] at = {-1e-12, -3};
        for (double value : new double[] {
            Gradients.value(x -> orpo(x), at), Gradients.of(x -> orpo(x), at)[0], Gradients.of(x -> orpo(x), 0, -3)[0]
        }) {
            assertThat(value).isFinite();
        }
    }

    private static Tensor orpo(Tensor x) {
        PreferencePairs pairs =
                PreferencePairs.of(x.narrow(0, 0, 1), x.narrow(0, 1, 1), null, null, new int[] {1}, new int[] {1});
        return named("odds_ratio", PLAIN).sum(pairs, ones(1), ones(1));
    }

    @ParameterizedTest
    @EnumSource(DpoLoss.class)
    void gradientsOfTheDpoFamily(DpoLoss loss) {
        checkGradient(loss);
    }

    @ParameterizedTest
    @EnumSource(ReferenceFreeLoss.class)
    void gradientsWithoutReference(ReferenceFreeLoss loss) {
        checkGradient(loss);
    }

    private static void checkGradient(PreferenceLoss loss) {
        PreferenceObjective objective = PreferenceObjective.of(loss, SMOOTHED.withBeta(0.3));
        boolean soft = loss.softLabels() == PreferenceLoss.SoftLabels.EXPECTED;
        float[] probabilities = soft ? new float[] {1, 0.75f, 0.5f} : ones(3);
        float[] weights = loss.acrossPairs() ? ones(3) : new float[] {1, 2, 0.5f};
        Gradients.assertMatch(
                loss.configName(), x -> objective.sum(threePairs(x), probabilities, weights), -4, -9, -6.5, -5, -8, -3);
    }

    @Test
    void softLabelsGiveTheExpectedLoss() {
        PreferencePairs pairs = pairs(new double[] {1.5 - 7, -0.5 - 9}, -7, -9, 4, 3);
        double expected = 0.75 * soft(0.2) + 0.25 * soft(-0.2);
        assertThat(named("sigmoid", PLAIN)
                        .sum(pairs, new float[] {0.75f}, ones(1))
                        .item())
                .isCloseTo(expected, within(1e-9));
        // cDPO with smoothing e is sigmoid with labels of 1 - e
        assertThat(named("cdpo", PLAIN.withLabelSmoothing(0.25))
                        .sum(pairs, ones(1), ones(1))
                        .item())
                .isCloseTo(expected, within(1e-9));
        // hinge: 0.75 (1 - 0.2) + 0.25 (1 + 0.2)
        assertThat(named("hinge", PLAIN)
                        .sum(pairs, new float[] {0.75f}, ones(1))
                        .item())
                .isCloseTo(0.9, within(1e-9));
        // a weight multiplies, and the supervised term takes the label as it is
        assertThat(named("sft", PLAIN)
                        .sum(pairs, new float[] {0.75f}, new float[] {3})
                        .item())
                .isCloseTo(3 * 5.5 / 4, within(1e-9));
    }

    @Test
    void lossesThatCannotUseLabelsRefuseThem() {
        PreferencePairs pairs = pairs(new double[] {1, 2}, 0, 0, 1, 1);
        for (String name : List.of("exo_pair", "aot", "aot_unpaired", "sppo_hard")) {
            assertThatThrownBy(() -> named(name, SMOOTHED).sum(pairs, new float[] {0.75f}, ones(1)))
                    .as(name)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> named("aot", SMOOTHED).sum(pairs, ones(1), new float[] {2}))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("weight");
    }

    @Test
    void combinationsAddWithTheirWeights() {
        PreferencePairs pairs = pairs(new double[] {1.5 - 7, -0.5 - 9}, -7, -9, 4, 3);
        PreferenceObjective loss =
                PreferenceObjective.named("dpo.loss", List.of("sigmoid", "sft"), List.of(1.0, 0.5), PLAIN);
        assertThat(loss.sum(pairs, ones(1), ones(1)).item()).isCloseTo(soft(0.2) + 0.5 * 5.5 / 4, within(1e-9));
    }

    @Test
    void settingsWithoutEffectAreRefused() {
        assertThatThrownBy(() -> PLAIN.withBeta(0))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("beta");
        assertThatThrownBy(() -> named("robust", PLAIN.withLabelSmoothing(0.5)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("below 0.5");
        assertThatThrownBy(() -> named("exo_pair", PLAIN)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> named("sigmiod", PLAIN))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("sigmoid, cdpo");
        assertThatThrownBy(() -> PreferenceObjective.named("loss", List.of("ipo"), List.of(1.0, 2.0), PLAIN))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void extremeDifferencesStayFinite() {
        for (DpoLoss loss : DpoLoss.values()) {
            PreferenceObjective objective = PreferenceObjective.of(loss, SMOOTHED);
            for (double chosen : new double[] {-5000, 5000}) {
                double[] at = {chosen, -9, -6, -5, -8, -3};
                double value = Gradients.value(x -> objective.sum(threePairs(x), ones(3), ones(3)), at);
                assertThat(value).as(loss.configName()).isFinite();
                for (double slope : Gradients.of(x -> objective.sum(threePairs(x), ones(3), ones(3)), at)) {
                    assertThat(slope).as(loss.configName()).isFinite();
                }
            }
        }
    }

    @Test
    void metricsCountTiesAsWrong() {
        // rewards (0.2, 0.2), (0.3, -0.1), (-0.2, -0.1)
        PreferencePairs pairs = threePairs(row(2 - 5, 3 - 7, -2 - 6, 2 - 8, -1 - 4, -1 - 4));
        PreferenceMetrics sums = PreferenceMetrics.of(pairs, 0.1);
        assertThat(sums.correct()).isEqualTo(1);
        assertThat(sums.chosenFell()).isEqualTo(1);
        PreferenceMetrics mean = sums.plus(PreferenceMetrics.NONE).mean();
        assertThat(mean.chosenReward()).isCloseTo(0.1, within(1e-9));
        assertThat(mean.rejectedReward()).isCloseTo(0, within(1e-9));
        assertThat(mean.margin()).isCloseTo(0.1, within(1e-9));
        assertThat(mean.chosenLogProbability()).isCloseTo(-5, within(1e-9));
        assertThat(mean.chosenTokens()).isCloseTo(11.0 / 3, within(1e-9));
        assertThat(mean.rejectedTokens()).isCloseTo(10.0 / 3, within(1e-9));
        assertThat(PreferenceMetrics.NONE.mean().correct()).isZero();
    }

    private static PreferenceObjective named(String name, PreferenceSettings settings) {
        return PreferenceObjective.named("loss", List.of(name), List.of(), settings);
    }

    private static PreferencePairs pairs(
            double[] logs, double referenceChosen, double referenceRejected, int chosenTokens, int rejectedTokens) {
        return PreferencePairs.of(
                row(logs[0]),
                row(logs[1]),
                row(referenceChosen),
                row(referenceRejected),
                new int[] {chosenTokens},
                new int[] {rejectedTokens});
    }

    private static PreferencePairs twoPairs(double[] logs) {
        return PreferencePairs.of(
                row(logs[0], logs[1]), row(logs[2], logs[3]), row(0, 0), row(0, 0), new int[] {1, 1}, new int[] {1, 1});
    }

    /** x holds three chosen and three rejected sums. */
    private static PreferencePairs threePairs(Tensor x) {
        return PreferencePairs.of(
                x.narrow(0, 0, 3), x.narrow(0, 3, 3), row(-5, -7, -6), row(-8, -4, -4), CHOSEN_TOKENS, REJECTED_TOKENS);
    }

    /** - log sigma(x). */
    private static double soft(double x) {
        return Math.log1p(Math.exp(-x));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Tensor row(double... values) {
        return Tensor.of(values, values.length);
    }
}
