package dev.attune.core.stats.quality;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How figures change over time: all rankings in the order in which they were given, cut into periods of about
 * equally many; rankings of the same moment stay together, and those without a time are left out.
 *
 * @param periods first to last; ten of them, or fewer if there are fewer rankings
 */
public record Drift(List<Period> periods) {
    private static final int PERIODS = 10;

    /**
     * A period of time.
     *
     * @param number from 1
     * @param agreement the share of comparisons of two labelers on the same pair in which both gave the same verdict; a
     *     comparison belongs to the period of the later one of its two rankings. NaN if there is none
     * @param right the share of test questions' pairs that were ordered right; NaN if none was answered
     */
    public record Period(int number, long from, long until, double agreement, double right) {}

    public Drift {
        periods = List.copyOf(periods);
    }

    /**
     * @param tasks without test questions
     * @param rankings all of them
     */
    static Drift of(Collection<TaskRankings> tasks, List<GivenRanking> rankings, TestAnswers tests) {
        List<GivenRanking> timed = rankings.stream()
                .filter(given -> given.time() != GivenRanking.UNKNOWN_TIME)
                .toList();
        long[] times = timed.stream().mapToLong(GivenRanking::time).sorted().toArray();
        Sums sums = new Sums(times);
        tasks.forEach(sums::addComparisons);
        timed.forEach(given -> tests.marks(given).ifPresent(marks -> sums.addTest(given.time(), marks)));
        return new Drift(
                IntStream.range(0, sums.starts.length).mapToObj(sums::period).toList());
    }

    private static final class Sums {
        private final long[] times;
        private final long[] starts;
        private final long[][] counts;

        private Sums(long[] times) {
            this.times = times;
            int periods = Math.min(PERIODS, times.length);
            this.starts = IntStream.range(0, periods)
                    .mapToLong(period -> times[(int) ((long) period * times.length / periods)])
                    .distinct()
                    .toArray();
            this.counts = new long[starts.length][4];
        }

        private int period(long time) {
            int place = Arrays.binarySearch(starts, time);
            return place >= 0 ? place : -place - 2;
        }

        private void addComparisons(TaskRankings task) {
            List<RankMatrix> rankMatrices = task.rankMatrices().stream()
                    .filter(ranks -> ranks.given().time() != GivenRanking.UNKNOWN_TIME)
                    .toList();
            for (int i = 0; i < rankMatrices.size(); i++) {
                for (int j = i + 1; j < rankMatrices.size(); j++) {
                    TaskRankings two = new TaskRankings(
                            task.task(), task.criterion(), List.of(rankMatrices.get(i), rankMatrices.get(j)));
                    PairCounts pairs = PairCounts.of(two);
                    long later = Math.max(
                            rankMatrices.get(i).given().time(),
                            rankMatrices.get(j).given().time());
                    add(period(later), 0, pairs.same(), pairs.comparisons());
                }
            }
        }

        private void addTest(long time, TestScore.Marks marks) {
            add(period(time), 2, marks.right(), marks.pairs());
        }

        private void add(int period, int place, long same, long count) {
            counts[period][place] += same;
            counts[period][place + 1] += count;
        }

        private Period period(int index) {
            long[] count = counts[index];
            long until = index + 1 < starts.length ? starts[index + 1] : times[times.length - 1];
            return new Period(index + 1, starts[index], until, share(count[0], count[1]), share(count[2], count[3]));
        }

        private static double share(long part, long all) {
            return all == 0 ? Double.NaN : (double) part / all;
        }
    }
}
