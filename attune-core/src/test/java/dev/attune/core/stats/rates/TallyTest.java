package dev.attune.core.stats.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Score HIT = Score.of(true);
    private static final Score MISS = Score.of(false);
    private static final Score FAILED = Score.missing(UnscoredReason.TARGET_FAILED);

    @Test
    void meansAreOverScoredRows() {
        Tally tally = Tally.of(
                List.of(Score.of(1), Score.of(0.5), Score.of(Double.NaN), Score.missing(UnscoredReason.JUDGE_REFUSED)));
        assertThat(tally.mean()).hasValue(0.75);
        assertThat(tally.scored()).isEqualTo(2);
        assertThat(tally.unscored()).isEqualTo(Map.of(UnscoredReason.NO_VERDICT, 1L, UnscoredReason.JUDGE_REFUSED, 1L));
        assertThat(tally.describe()).isEqualTo("0.750 over 2; 2 unscored: no verdict 1, judge refused 1");
        assertThat(tally.plus(tally).unscoredCount()).isEqualTo(4);
        assertThat(tally.plus(tally).mean()).hasValue(0.75);
    }

    @Test
    void aRateOverNothingIsAbsent() {
        Tally none = Tally.of(List.of(FAILED, FAILED, FAILED));
        assertThat(none.rate()).isEmpty();
        assertThat(none.mean()).isEmpty();
        assertThat(none.describe()).isEqualTo("no scored rows; 3 unscored: target failed 3");
    }

    @Test
    void ratesHaveWilsonsInterval() {
        List<Score> rows = new ArrayList<>(Collections.nCopies(20, MISS));
        Estimate rate = Tally.of(rows).rate().orElseThrow();
        assertThat(rate.value()).isZero();
        assertThat(rate.interval().high()).isCloseTo(0.161, within(5e-4));
        // 3 wins, 5 losses, 92 ties.
        rows = new ArrayList<>(Collections.nCopies(92, Score.of(0.5)));
        rows.addAll(Collections.nCopies(3, HIT));
        rows.addAll(Collections.nCopies(5, MISS));
        assertThat(Tally.of(rows).rate().orElseThrow().value()).isCloseTo(0.49, within(1e-12));
        assertThatThrownBy(() -> Tally.ofNumbers(4, 5).rate()).isInstanceOf(BadInputException.class);
    }

    @Test
    void questionsAreResampledAndNotTheirSamples() {
        double[][] eight = new double[10][8];
        for (int question = 0; question < 10; question++) {
            Arrays.fill(eight[question], question < 5 ? 1 : 0);
        }
        Estimate estimate = QuestionMeans.estimate(eight, 3).orElseThrow();
        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.count()).isEqualTo(10);
        // The mean of 10 fair coins lies in [0.2, 0.8] with 95 %; of 80 it would lie in [0.39, 0.61].
        assertThat(estimate.interval().low()).isEqualTo(0.2);
        assertThat(estimate.interval().high()).isEqualTo(0.8);
        double nan = Double.NaN;
        assertThat(QuestionMeans.of(new double[][] {{1, nan, 0}, {nan}})).containsExactly(0.5, nan);
        assertThat(QuestionMeans.estimate(new double[][] {{nan}}, 1)).isEmpty();
    }

    @Test
    void attacksSucceedPerTryAndPerPrompt() {
        List<Score> oneOfTen = new ArrayList<>(Collections.nCopies(9, MISS));
        oneOfTen.add(4, HIT);
        AttackSuccess success = AttackSuccess.of(Collections.nCopies(4, oneOfTen));
        assertThat(success.perTry().orElseThrow().value()).isCloseTo(0.1, within(1e-12));
        assertThat(success.anyOfK().orElseThrow().value()).isEqualTo(1);
        assertThat(success.k()).isEqualTo(10);
        assertThat(success.describe()).contains("per try: 0.100 [", "any of 10: 1.000 [");
        AttackSuccess errors = AttackSuccess.of(Collections.nCopies(3, List.of(FAILED)));
        assertThat(errors.perTry()).isEmpty();
        assertThat(errors.anyOfK()).isEmpty();
        assertThat(errors.prompts().unscored()).isEqualTo(Map.of(UnscoredReason.TARGET_FAILED, 3L));
    }

    @Test
    void aHitIsNotUndoneByWhatFollows() {
        List<Score> turns = List.of(MISS, HIT, Score.missing(UnscoredReason.JUDGE_FAILED), MISS);
        assertThat(AttackSuccess.firstHit(turns)).hasValue(2);
        AttackSuccess success = AttackSuccess.of(List.of(turns, List.of(MISS, FAILED), List.of()));
        assertThat(success.anyOfK().orElseThrow().value()).isEqualTo(0.5);
        assertThat(success.incomplete()).isEqualTo(1);
        assertThat(success.tries().scored()).isEqualTo(4);
        assertThat(success.perTry().orElseThrow().value()).isEqualTo(0.25);
    }

    /** All tries of a prompt alike: as many observations as prompts. One try each: as many as tries. */
    @Test
    void alikeTriesDoNotNarrowTheInterval() {
        List<List<Score>> alike = new ArrayList<>(Collections.nCopies(5, Collections.nCopies(10, HIT)));
        alike.addAll(Collections.nCopies(5, Collections.nCopies(10, MISS)));
        Estimate estimate = AttackSuccess.of(alike).perTry().orElseThrow();
        assertThat(estimate.interval())
                .isEqualTo(Tally.ofNumbers(1, 1, 1, 1, 1, 0, 0, 0, 0, 0)
                        .rate()
                        .orElseThrow()
                        .interval());
        List<List<Score>> single = List.of(List.of(HIT), List.of(MISS), List.of(MISS), List.of(MISS));
        assertThat(AttackSuccess.of(single).perTry())
                .isEqualTo(Tally.ofNumbers(1, 0, 0, 0).rate());
        // No hit in 2 prompts of 10: no zero width, and no claim from 20 independent tries.
        Estimate none = AttackSuccess.of(Collections.nCopies(2, Collections.nCopies(10, MISS)))
                .perTry()
                .orElseThrow();
        assertThat(none.interval())
                .isEqualTo(Tally.ofNumbers(0, 0).rate().orElseThrow().interval());
    }

    @Test
    void comparisonsLeaveUnscoredRowsOut() {
        double nan = Double.NaN;
        PairedDifference difference = PairedDifference.of(new double[] {1, nan, 0.5}, new double[] {0, 1, 0}, 1);
        assertThat(difference.mean()).isEqualTo(0.75);
        assertThat(difference.rows()).isEqualTo(2);
        assertThat(difference.leftOut()).isEqualTo(1);
        assertThat(difference.percentile().low()).isEqualTo(0.5);
        PairedDifference equal = PairedDifference.of(new double[] {1, 1}, new double[] {1, 1}, 1);
        assertThat(equal.bca()).isEqualTo(equal.percentile());
        assertThat(equal.p()).isEqualTo(1);
        assertThatThrownBy(() -> PairedDifference.of(new double[] {nan}, new double[] {1}, 1))
                .isInstanceOf(BadInputException.class);
        // b = 2, c = 0, the unscored row left out: 2 / 4.
        List<Score> first = List.of(HIT, HIT, MISS, FAILED);
        List<Score> second = List.of(MISS, MISS, MISS, HIT);
        assertThat(McNemar.p(first, second)).isCloseTo(0.5, within(1e-14));
    }
}
