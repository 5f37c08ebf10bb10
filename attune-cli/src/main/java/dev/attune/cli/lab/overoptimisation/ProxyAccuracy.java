package dev.attune.cli.lab.overoptimisation;

import java.util.List;

/** How often a proxy scores a good completion above a bad one of the same prompt. */
public final class ProxyAccuracy {
    private ProxyAccuracy() {}

    /**
     * The share of all pairs of a good and a bad completion of a prompt; an equal score counts as half; NaN without pairs.
     *
     * @param answers those of a prompt next to each other
     * @param proxy the proxy's score of each
     * @param each number of completions per prompt
     */
    public static double of(List<Answer> answers, double[] proxy, int each) {
        double right = 0;
        long pairs = 0;
        for (int from = 0; from < proxy.length; from += each) {
            for (int good = from; good < from + each; good++) {
                for (int bad = from; bad < from + each; bad++) {
                    if (answers.get(good).gold() > answers.get(bad).gold()) {
                        pairs++;
                        right += proxy[good] > proxy[bad] ? 1 : proxy[good] == proxy[bad] ? 0.5 : 0;
                    }
                }
            }
        }
        return right / pairs;
    }
}
