package dev.attune.training.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.training.advantage.GroupRelative.Combination;
import dev.attune.training.advantage.GroupRelative.Scale;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdvantageEstimatorTest {
    private static final Offset<Double> DIGITS = within(5e-4);
    private static final long[] ONE_GROUP = new long[4];
    private static final double NAN = Double.NaN;

    @Test
    void groupRelativeUsesTheSampleDeviation() {
        assertThat(values(GroupRelative.defaults(), 1, 0, 0, 0))
                .containsExactly(new double[] {1.4997, -0.4999, -0.4999, -0.4999}, within(5e-5));
    }

    @Test
    void leaveOneOutIsTheMeanOfTheOthers() {
        assertThat(values(LeaveOneOut.defaults(), 1, 0, 0, 0))
                .containsExactly(new double[] {1, -1 / 3.0, -1 / 3.0, -1 / 3.0}, within(1e-12));
        // normalised: sample deviation of these is 2/3
        assertThat(values(new LeaveOneOut(true), 1, 0, 0, 0))
                .containsExactly(new double[] {1.49978, -0.49993, -0.49993, -0.49993}, within(1e-5));
    }

    @Test
    void theBestOfAGroupHasTheWeightOfTheWholeGroup() {
        BestOfGroup best = new BestOfGroup(null);
        assertThat(values(best, 0.5, 2, NAN, 1)).containsExactly(0, 4, 0, 0);
        // the first of equal ones, and nothing of a group without scores
        assertThat(values(best, 1, 1, 0, 1)).containsExactly(4, 0, 0, 0);
        assertThat(values(best, NAN, NAN, NAN, NAN)).containsExactly(0, 0, 0, 0);
        GroupedRewards two = GroupedRewards.of(new long[] {7, 7, 9, 9}, 0, 0.5, 3, 1);
        assertThat(best.estimate(two).values()).containsExactly(0, 2, 2, 0);
        assertThat(new BestOfGroup(1.0).estimate(two).values()).containsExactly(0, 0, 2, 0);
    }

    /** The best of two samples of a fair coin whose sides differ in reward: p = 3/4, so KL = 3/4 log 3/2 + 1/4 log 1/2. */
    @Test
    void theKlOfTheBestOfNIsBounded() {
        assertThat(BestOfGroup.klBound(1)).isZero();
        assertThat(BestOfGroup.klBound(8)).isCloseTo(1.20444, within(1e-5));
        double coin = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
        assertThat(coin).isLessThan(BestOfGroup.klBound(2));
        // a fair die with n = 3: the best is face k with probability (k^3 - (k-1)^3) / 216
        double die = 0;
        for (int k = 1; k <= 6; k++) {
            double p = (k * k * k - (k - 1) * (k - 1) * (k - 1)) / 216.0;
            die += p * Math.log(6 * p);
        }
        assertThat(die).isBetween(0.8 * BestOfGroup.klBound(3), BestOfGroup.klBound(3));
    }

    @Test
    void penaltyJoinsTheRewardBeforeTheBaseline() {
        assertThat(LeaveOneOut.withPenalty(1, new float[] {0.5f, -0.25f, 1}, 0.05))
                .isCloseTo(0.9375, within(1e-12));
    }

    @Test
    void groupsAreThoseOfTheirIds() {
        // the same prompt sampled twice, all equal within each group
        GroupedRewards apart = GroupedRewards.of(new long[] {7, 7, 9, 9}, 0, 0, 1, 1);
        assertThat(GroupRelative.defaults().estimate(apart).values()).containsExactly(0, 0, 0, 0);
        assertThat(values(GroupRelative.defaults(), 0, 0, 1, 1))
                .containsExactly(new double[] {-0.866, -0.866, 0.866, 0.866}, DIGITS);
        // completions of a group need not stand together
        GroupedRewards mixed = GroupedRewards.of(new long[] {7, 9, 7, 9}, 0, 3, 1, 3);
        assertThat(GroupRelative.defaults().estimate(mixed).values())
                .containsExactly(new double[] {-0.7070, 0, 0.7070, 0}, DIGITS);
    }

    @Test
    void scaleMayBeTheBatchsOrNone() {
        GroupedRewards rewards = GroupedRewards.of(new long[] {1, 1, 2, 2}, 0, 1, 10, 12);
        assertThat(new GroupRelative(Scale.NONE, Combination.SUM_THEN_NORMALIZE)
                        .estimate(rewards)
                        .values())
                .containsExactly(-0.5, 0.5, -1, 1);
        // 0, 1, 10, 12: mean 5.75, squares 33.0625 + 22.5625 + 18.0625 + 39.0625 = 112.75, over 3
        double deviation = Math.sqrt(112.75 / 3) + 1e-4;
        assertThat(new GroupRelative(Scale.BATCH, Combination.SUM_THEN_NORMALIZE)
                        .estimate(rewards)
                        .values())
                .containsExactly(
                        new double[] {-0.5 / deviation, 0.5 / deviation, -1 / deviation, 1 / deviation}, within(1e-12));
    }

    @Test
    void aMissingRewardIsOutOfTheBaseline() {
        Advantages advantages = GroupRelative.defaults().estimate(GroupedRewards.of(ONE_GROUP, NAN, 1, 1, 0));
        assertThat(advantages.values()).containsExactly(new double[] {0, 0.577, 0.577, -1.155}, DIGITS);
        assertThat(advantages.missing()).containsExactly(true, false, false, false);
        assertThat(advantages.missingCount()).isEqualTo(1);
        assertThat(values(LeaveOneOut.defaults(), NAN, 1, 1, 0))
                .containsExactly(new double[] {0, 0.5, 0.5, -1}, within(1e-12));
        assertThat(values(new LeaveOneOut(true), NAN, 1, 1, 0)[0]).isZero();
        assertThat(values(new BatchRelative(false), NAN, 1, 1, 0))
                .containsExactly(new double[] {0, 0.577, 0.577, -1.155}, DIGITS);
    }

    @Test
    void aGroupWithOneOrNoRewardHasNoSignal() {
        for (AdvantageEstimator estimator : List.of(
                GroupRelative.defaults(),
                new GroupRelative(Scale.NONE, Combination.SUM_THEN_NORMALIZE),
                LeaveOneOut.defaults(),
                new BatchRelative(true))) {
            Advantages one = estimator.estimate(GroupedRewards.of(ONE_GROUP, NAN, 1, NAN, NAN));
            assertThat(one.values()).containsExactly(0, 0, 0, 0);
            assertThat(one.groupsWithoutSignal()).isEqualTo(1);
            Advantages none = estimator.estimate(GroupedRewards.of(ONE_GROUP, NAN, NAN, NAN, NAN));
            assertThat(none.values()).containsExactly(0, 0, 0, 0);
            assertThat(none.missingCount()).isEqualTo(4);
        }
    }

    @Test
    void severalRewardsSummedOrNormalisedFirst() {
        double[][] rewards = {{1, 0}, {1, 100}, {0, 200}, {0, 300}};
        GroupedRewards two = new GroupedRewards(ONE_GROUP, rewards, new double[] {1, 1});
        assertThat(GroupRelative.defaults().estimate(two).values())
                .containsExactly(new double[] {-1.16, -0.38, 0.38, 1.16}, within(0.005));
        assertThat(new GroupRelative(Scale.GROUP, Combination.NORMALIZE_EACH)
                        .estimate(two)
                        .values())
                .containsExactly(new double[] {-0.30, 0.48, -0.48, 0.30}, within(0.005));
        // the same once more over the batch: sample deviation 0.4596
        assertThat(new GroupRelative(Scale.GROUP, Combination.NORMALIZE_THEN_SUM)
                        .estimate(two)
                        .values())
                .containsExactly(new double[] {-0.643, 1.042, -1.042, 0.643}, within(0.002));
    }

    @Test
    void aFunctionMissingForSomeOfAGroupLeavesThemOut() {
        double[][] rewards = {{1, NAN}, {1, 2}, {0, 2}, {0, 1}};
        GroupedRewards partly = new GroupedRewards(ONE_GROUP, rewards, new double[] {1, 0.5});
        assertThat(partly.sums()).containsExactly(NAN, 2, 1, 0.5);
        // a function that applies to no completion of a group adds nothing there
        double[][] routed = {{1, NAN}, {0, NAN}, {NAN, 3}, {NAN, 4}};
        assertThat(new GroupedRewards(new long[] {1, 1, 2, 2}, routed, new double[] {1, 0.5}).sums())
                .containsExactly(1, 0, 1.5, 2);
    }

    @Test
    void equalRewardsAreExactlyZero() {
        for (AdvantageEstimator estimator :
                List.of(GroupRelative.defaults(), LeaveOneOut.defaults(), new BatchRelative(false))) {
            Advantages advantages = estimator.estimate(GroupedRewards.of(new long[3], 0.1, 0.1, 0.1));
            assertThat(advantages.values()).containsExactly(0, 0, 0);
            assertThat(advantages.shareWithoutSignal()).isEqualTo(1);
        }
    }

    @Test
    void aGroupOfOneIsRefused() {
        GroupedRewards single = GroupedRewards.of(new long[] {1, 1, 2}, 0, 1, 1);
        for (AdvantageEstimator estimator :
                List.of(GroupRelative.defaults(), LeaveOneOut.defaults(), new BatchRelative(true))) {
            assertThatThrownBy(() -> estimator.estimate(single))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("at least 2");
        }
        assertThat(new BatchRelative(false).estimate(single).values())
                .containsExactly(new double[] {-1.1545, 0.5773, 0.5773}, DIGITS);
    }

    @Test
    void shareOfGroupsWithoutSignal() {
        Advantages advantages = GroupRelative.defaults()
                .estimate(GroupedRewards.of(new long[] {1, 1, 2, 2, 3, 3, 4, 4}, 0, 0, 1, 1, 0, 1, 0.5, 0.5));
        assertThat(advantages.groups()).isEqualTo(4);
        assertThat(advantages.shareWithoutSignal()).isEqualTo(0.75);
    }

    @Test
    void reinforcePlusPlusSubtractsTheGroupsMeanFirst() {
        // centred -0.5, 0.5, -1, 1: sample deviation sqrt(2.5 / 3)
        double deviation = Math.sqrt(2.5 / 3) + 1e-4;
        GroupedRewards rewards = GroupedRewards.of(new long[] {1, 1, 2, 2}, 0, 1, 10, 12);
        assertThat(new BatchRelative(true).estimate(rewards).values())
                .containsExactly(
                        new double[] {-0.5 / deviation, 0.5 / deviation, -1 / deviation, 1 / deviation}, within(1e-12));
    }

    @Test
    void penaltiesOfLaterTokensAreThoseOfTheToken() {
        // 1 - 0.1 (1 + 2), 1 - 0.1 * 2 and 0: 0.7, 0.8, 0; mean 0.5, variance (0.04 + 0.09 + 0.25) / 3
        List<float[]> rows =
                BatchRelative.perToken(new double[] {1, 0}, List.of(new float[] {1, 2}, new float[] {0}), 0.1);
        float deviation = (float) Math.sqrt(0.38 / 3);
        assertThat(rows.get(0)).containsExactly(new float[] {0.2f / deviation, 0.3f / deviation}, within(1e-5f));
        assertThat(rows.get(1)).containsExactly(new float[] {-0.5f / deviation}, within(1e-5f));
    }

    private static double[] values(AdvantageEstimator estimator, double... rewards) {
        return estimator
                .estimate(GroupedRewards.of(new long[rewards.length], rewards))
                .values();
    }
}
