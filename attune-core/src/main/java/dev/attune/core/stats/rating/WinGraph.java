package dev.attune.core.stats.rating;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Who can be compared with whom: the graph with an edge from i to j if i has at least half a win over j. */
final class WinGraph {
    private final boolean[][] reaches;

    WinGraph(double[][] wins) {
        int n = wins.length;
        reaches = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            reach(wins, i, reaches[i]);
        }
    }

    /** The models that met, directly or through others. */
    static List<int[]> groups(double[][] wins) {
        double[][] met = new double[wins.length][wins.length];
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                met[i][j] = wins[i][j] + wins[j][i];
            }
        }
        return new WinGraph(met).leagues();
    }

    /**
     * The largest sets in which each model reaches every other along wins (Ford 1957): the likelihood has a finite
     * maximum within each of them, and none across two.
     */
    List<int[]> leagues() {
        List<int[]> leagues = new ArrayList<>();
        for (int i = 0; i < reaches.length; i++) {
            int model = i;
            int[] league = IntStream.range(0, reaches.length)
                    .filter(other -> reaches[model][other] && reaches[other][model])
                    .toArray();
            if (league[0] == model) {
                leagues.add(league);
            }
        }
        return leagues;
    }

    /** Whether a chain of wins leads from one model to another. */
    boolean reaches(int from, int to) {
        return reaches[from][to];
    }

    private static void reach(double[][] wins, int model, boolean[] reached) {
        reached[model] = true;
        for (int other = 0; other < wins.length; other++) {
            if (!reached[other] && wins[model][other] > 0) {
                reach(wins, other, reached);
            }
        }
    }
}
