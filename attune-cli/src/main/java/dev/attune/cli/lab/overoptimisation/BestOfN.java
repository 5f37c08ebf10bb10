package dev.attune.cli.lab.overoptimisation;

import dev.attune.core.hacking.ProxyAgainstGold;
import dev.attune.training.advantage.BestOfGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The expected score of the best of n completions by the proxy, estimated from N &ge; n completions of a prompt without
 * bias: the mean over all subsets of n. With the completions sorted by the proxy from worst to best, the i-th is the
 * best of C(i-1, n-1) of the C(N, n) subsets.
 */
public final class BestOfN {
    private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};

    private BestOfN() {}

    /**
     * For each completion the share of the subsets of n whose best it is. Completions with the same proxy score share
     * theirs equally.
     *
     * @throws IllegalArgumentException if n is not in 1 to the number of completions
     */
    static double[] shares(double[] proxy, int n) {
        int count = proxy.length;
        if (n < 1 || n > count) {
            throw new IllegalArgumentException("the best of " + n + " among " + count);
        }
        List<Integer> ascending = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> proxy[i]))
                .toList();
        double[] shares = new double[count];
        double share = (double) n / count;
        for (int rank = count; rank >= n; rank--) {
            shares[ascending.get(rank - 1)] = share;
            share *= (rank - n) / (rank - 1.0);
        }
        shareTies(proxy, ascending, shares);
        return shares;
    }

    private static void shareTies(double[] proxy, List<Integer> ascending, double[] shares) {
        int from = 0;
        for (int to = 1; to <= ascending.size(); to++) {
            if (to == ascending.size() || proxy[ascending.get(to)] != proxy[ascending.get(from)]) {
                List<Integer> tied = ascending.subList(from, to);
                double mean =
                        tied.stream().mapToDouble(i -> shares[i]).average().orElseThrow();
                tied.forEach(i -> shares[i] = mean);
                from = to;
            }
        }
    }

    /**
     * Mean gold and proxy score over prompts of the best of n, for n = 1, 2, 3, 4, 6, 8 ... 256, as far as there are
     * completions. The distance is the square root of log n - (n - 1) / n.
     *
     * @param answers those of a prompt next to each other
     * @param proxy the proxy's score of each
     * @param each number of completions per prompt
     * @return points whose step is n
     */
    public static List<ProxyAgainstGold.Point> curve(List<Answer> answers, double[] proxy, int each) {
        List<ProxyAgainstGold.Point> points = new ArrayList<>();
        for (int n : SIZES) {
            if (n <= each) {
                points.add(point(answers, proxy, each, n));
            }
        }
        return points;
    }

    private static ProxyAgainstGold.Point point(List<Answer> answers, double[] proxy, int each, int n) {
        double gold = 0;
        double optimised = 0;
        for (int from = 0; from < proxy.length; from += each) {
            double[] shares = shares(Arrays.copyOfRange(proxy, from, from + each), n);
            for (int i = 0; i < each; i++) {
                gold += shares[i] * answers.get(from + i).gold();
                optimised += shares[i] * proxy[from + i];
            }
        }
        double prompts = (double) proxy.length / each;
        return new ProxyAgainstGold.Point(
                n, Math.sqrt(Math.max(0, BestOfGroup.klBound(n))), optimised / prompts, gold / prompts);
    }
}
