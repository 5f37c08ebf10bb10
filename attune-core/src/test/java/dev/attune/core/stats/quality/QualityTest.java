package dev.attune.core.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.RankingAgreement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** X: a > b > c and was shown c, b, a. Y: a > c > b. Z: a = b > c. */
    private static final List<GivenRanking> THREE = List.of(
            TestRanking.full("t", "X", 0, 1, 2).ranking(List.of(2, 1, 0), 0),
            TestRanking.full("t", "Y", 0, 2, 1).ranking(5),
            new TestRanking("t", "Z", List.of(List.of(0, 1), List.of(2)), List.of()).ranking(20));

    private static Quality quality(List<GivenRanking> rankings) {
        return Quality.of(rankings, List.of());
    }

    private static List<GivenRanking> random(int tasks, int labelers, long seed) {
        Random random = new Random(seed);
        List<GivenRanking> rankings = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            for (int labeler = 0; labeler < labelers; labeler++) {
                rankings.add(TestRanking.random("task " + task, "labeler " + labeler, 4, random)
                        .ranking(rankings.size()));
            }
        }
        return rankings;
    }

    @Test
    void agreementIsThatOfTheRankings() {
        // AgreementTest works the same three rankings out by hand.
        Agreement agreement = quality(THREE).agreement().get(0);
        assertThat(agreement.agreement().orElseThrow().value()).isCloseTo(5.0 / 9, EXACT);
        assertThat(agreement.alpha().orElseThrow().value()).isCloseTo(1 - (4.0 / 9) / (30.0 / 72), EXACT);
        // rank sums 3.5, 6.5, 8; squares 10.5; one tie of two: 12 * 10.5 / (9 * 24 - 3 * 6)
        assertThat(agreement.concordance().orElseThrow().value()).isCloseTo(126.0 / 198, EXACT);
        List<GivenRanking> many = random(50, 4, 1);
        RankingAgreement expected =
                RankingAgreement.of(many.stream().map(GivenRanking::ranking).toList());
        Agreement found = quality(many).agreement().get(0);
        assertThat(found.alpha().orElseThrow().value()).isCloseTo(expected.alpha(), within(1e-9));
        assertThat(found.agreement().orElseThrow().value()).isCloseTo(expected.agreement(), EXACT);
    }

    @Test
    void concordanceIsOfTasksThatAllRankedInFull() {
        List<GivenRanking> rankings = Stream.of(
                        TestRanking.full("same", "X", 2, 0, 1),
                        TestRanking.full("same", "Y", 2, 0, 1),
                        TestRanking.full("opposite", "X", 0, 1, 2),
                        TestRanking.full("opposite", "Y", 2, 1, 0),
                        TestRanking.full("partial", "X", 0, 1, 2),
                        new TestRanking("partial", "Y", List.of(List.of(1), List.of(0)), List.of(2)),
                        TestRanking.full("alone", "X", 0, 1, 2))
                .map(TestRanking::ranking)
                .toList();
        Estimate concordance =
                quality(rankings).agreement().get(0).concordance().orElseThrow();
        assertThat(concordance.value()).isEqualTo(0.5);
        assertThat(concordance.count()).isEqualTo(2);
    }

    /** In half of the tasks all agree, in the others two of three contradict: 1 or 1 / 3 per task. */
    @Test
    void intervalsComeFromDrawingTasks() {
        List<GivenRanking> rankings = new ArrayList<>();
        int tasks = 100;
        for (int task = 0; task < tasks; task++) {
            for (String labeler : List.of("X", "Y", "Z")) {
                boolean other = task % 2 == 0 && labeler.equals("Z");
                rankings.add((other
                                ? TestRanking.full("t" + task, labeler, 3, 2, 1, 0)
                                : TestRanking.full("t" + task, labeler, 0, 1, 2, 3))
                        .ranking());
            }
        }
        Estimate agreement = quality(rankings).agreement().get(0).agreement().orElseThrow();
        assertThat(agreement.value()).isCloseTo(2.0 / 3, EXACT);
        assertThat(agreement.count()).isEqualTo(tasks);
        double half = 1.96 * (1.0 / 3) / Math.sqrt(tasks);
        assertThat(agreement.interval().low()).isCloseTo(2.0 / 3 - half, within(0.015));
        assertThat(agreement.interval().high()).isCloseTo(2.0 / 3 + half, within(0.015));
        assertThat(quality(rankings)).as("the same data, the same intervals").isEqualTo(quality(rankings));
    }

    @Test
    void aLabelerIsComparedWithTheOthers() {
        List<LabelerQuality> labelers = quality(THREE).labelers();
        assertThat(labelers).extracting(LabelerQuality::labeler).containsExactly("X", "Y", "Z");
        assertThat(labelers)
                .extracting(one -> one.agreement().orElseThrow().value())
                .containsExactly(4.0 / 6, 3.0 / 6, 3.0 / 6);
        // normalised ranks X 0 .5 1, Y 0 1 .5, Z .25 .25 1: X deviates by -1/8, -1/8, 1/4
        Deviation x = labelers.get(0).deviation().orElseThrow();
        assertThat(x.variance()).isCloseTo(0.046875, EXACT);
        // halves of what the shorter's deviation is above the longer's: ab 0, ac -3/16, bc -3/16
        assertThat(x.towardsLonger().orElseThrow().value()).isCloseTo(-0.125, EXACT);
        assertThat(x.towardsEarlier().orElseThrow().value()).isCloseTo(-0.125, EXACT);
        // Y by -1/8, 5/8, -1/2: ab -3/8, ac 3/16, bc 9/16
        assertThat(labelers.get(1)
                        .deviation()
                        .orElseThrow()
                        .towardsLonger()
                        .orElseThrow()
                        .value())
                .isCloseTo(0.125, EXACT);
        assertThat(labelers.get(2).medianSeconds()).isEqualTo(30);
    }

    @Test
    void habitsAreCountedOverPairs() {
        PairHabits habits = quality(THREE).habits();
        assertThat(habits.longer().orElseThrow().value()).isEqualTo(1.0 / 8);
        assertThat(habits.earlier().orElseThrow().value()).isEqualTo(4.0 / 8);
        assertThat(habits.earlier().orElseThrow().count()).isEqualTo(8);
        assertThat(habits.tied()).isEqualTo(1.0 / 9);
        assertThat(quality(THREE)
                        .labelers()
                        .get(0)
                        .habits()
                        .earlier()
                        .orElseThrow()
                        .value())
                .isZero();
    }

    /** The time of rankings that came in a file. */
    @Test
    void whatNobodyKnowsToBeShownFirstIsNoHabit() {
        List<GivenRanking> unknown = THREE.stream()
                .map(given -> new GivenRanking(given.task(), given.ranking(), List.of(), 1, 0))
                .toList();
        Quality quality = quality(unknown);
        assertThat(quality.habits().earlier()).isEmpty();
        assertThat(quality.habits().longer()).isEqualTo(quality(THREE).habits().longer());
        assertThat(quality.labelers().get(0).deviation().orElseThrow().towardsEarlier())
                .isEmpty();
        List<GivenRanking> mixed = List.of(THREE.get(0), unknown.get(1), unknown.get(2));
        assertThat(quality(mixed).habits().earlier().orElseThrow().count())
                .as("the pairs of X alone")
                .isEqualTo(3);
        assertThat(quality(mixed).labelers().get(0).deviation())
                .isEqualTo(quality(THREE).labelers().get(0).deviation());
    }

    /** Three labelers who rank at random, and one who always puts the longest first. */
    @Test
    void aLoveOfLongAnswersShows() {
        List<GivenRanking> rankings = new ArrayList<>(random(200, 3, 2));
        for (int task = 0; task < 200; task++) {
            rankings.add(TestRanking.full("task " + task, "long", 3, 2, 1, 0).ranking());
        }
        for (LabelerQuality labeler : quality(rankings).labelers()) {
            Estimate towards = labeler.deviation().orElseThrow().towardsLonger().orElseThrow();
            boolean lover = labeler.labeler().equals("long");
            // distances of normalised ranks are 1/3, 2/3 and 1 over 3, 2 and 1 pairs: half their mean is 5/18
            assertThat(towards.value()).isCloseTo(lover ? 5.0 / 18 : -5.0 / 54, within(0.06));
            assertThat(towards.interval().low() > 0).isEqualTo(lover);
        }
    }

    @Test
    void testQuestionsCountPairsInStrictOrder() {
        List<GivenRanking> rankings = new ArrayList<>(THREE);
        rankings.add(new TestRanking("t", "P", List.of(List.of(0), List.of(2)), List.of(1)).ranking());
        rankings.add(TestRanking.full("other", "P", 1, 0).ranking());
        rankings.add(TestRanking.full("other", "X", 0, 1).ranking());
        KnownAnswer known = new KnownAnswer("t", "helpful", List.of(List.of(0), List.of(1, 2)));
        KnownAnswer nothing = new KnownAnswer("u", "helpful", List.of(List.of(0, 1)));
        Quality quality = Quality.of(rankings, List.of(known, nothing));
        assertThat(quality.tests())
                .extracting(TestScore::labeler, TestScore::questions, score -> score.right()
                        .value())
                .containsExactly(tuple("P", 1, 0.5), tuple("X", 1, 1.0), tuple("Y", 1, 1.0), tuple("Z", 1, 0.5));
        assertThat(quality.tests().get(1).right().interval().low()).isCloseTo(0.3424, within(5e-5));
        assertThat(quality.agreement().get(0).agreement().orElseThrow().value())
                .as("a test question is not among what labelers agree on")
                .isZero();
        assertThat(Agreement.of(rankings, List.of(known, nothing))).isEqualTo(quality.agreement());
    }

    @Test
    void driftFollowsTheOrderOfTime() {
        List<GivenRanking> rankings = new ArrayList<>();
        for (int task = 0; task < 10; task++) {
            rankings.add(TestRanking.full("t" + task, "X", 0, 1).ranking(1000L * rankings.size()));
            rankings.add((task < 5 ? TestRanking.full("t" + task, "Y", 0, 1) : TestRanking.full("t" + task, "Y", 1, 0))
                    .ranking(1000L * rankings.size()));
        }
        KnownAnswer known = new KnownAnswer("t9", "helpful", List.of(List.of(0), List.of(1)));
        List<Drift.Period> periods =
                Quality.of(rankings, List.of(known)).drift().periods();
        assertThat(periods)
                .extracting(Drift.Period::agreement)
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, Double.NaN);
        assertThat(periods.get(8).right()).isNaN();
        assertThat(periods.get(9).right()).as("one of two").isEqualTo(0.5);
        assertThat(periods.get(9))
                .extracting(Drift.Period::from, Drift.Period::until)
                .containsExactly(18000L, 19000L);
    }

    @Test
    void tasksOnWhichLabelersDisagreeComeFirst() {
        List<GivenRanking> rankings = Stream.of(
                        TestRanking.full("same", "X", 0, 1),
                        TestRanking.full("same", "Y", 0, 1),
                        new TestRanking("tie", "X", List.of(List.of(0, 1)), List.of()),
                        TestRanking.full("tie", "Y", 0, 1),
                        TestRanking.full("opposite", "X", 0, 1),
                        TestRanking.full("opposite", "Y", 1, 0),
                        TestRanking.full("alone", "X", 0, 1))
                .map(TestRanking::ranking)
                .toList();
        assertThat(TaskAgreement.of(rankings))
                .containsExactly(
                        new TaskAgreement("opposite", "helpful", 0, 1),
                        new TaskAgreement("tie", "helpful", 0, 0),
                        new TaskAgreement("same", "helpful", 1, 0));
    }

    @Test
    void whatCannotBeToldIsMissing() {
        assertThat(quality(List.of()).agreement()).isEmpty();
        assertThat(quality(List.of()).drift().periods()).isEmpty();
        assertThat(quality(List.of()).habits().tied()).isNaN();
        Quality alone = quality(List.of(TestRanking.full("t", "X", 0, 1).ranking()));
        assertThat(alone.agreement().get(0)).isEqualTo(new Agreement("helpful", 1, 1, 0, none(), none(), none()));
        assertThat(alone.labelers().get(0).deviation()).isEmpty();
        List<GivenRanking> ties = IntStream.range(0, 3)
                .mapToObj(i -> new TestRanking("t", "L" + i, List.of(List.of(0, 1)), List.of()).ranking())
                .toList();
        Agreement tied = quality(ties).agreement().get(0);
        assertThat(tied.alpha()).as("no value but one").isEmpty();
        assertThat(tied.concordance()).isEmpty();
        assertThat(tied.agreement().orElseThrow().value()).isEqualTo(1);
    }

    private static Optional<Estimate> none() {
        return Optional.empty();
    }

    @Test
    void fiveThousandRankingsAreQuick() {
        List<GivenRanking> rankings = random(1700, 3, 3);
        assertThat(rankings).hasSize(5100);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertThat(quality(rankings).labelers()).hasSize(3);
        Duration taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
        assertThat(taken).as("of this thread, whatever else the machine does").isLessThan(Duration.ofSeconds(1));
    }
}
