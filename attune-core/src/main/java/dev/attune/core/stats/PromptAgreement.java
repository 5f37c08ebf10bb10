package dev.attune.core.stats;

import dev.attune.core.feedback.Ranking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How much the labelers of one prompt agree under one criterion, in a form that adds up over prompts.
 *
 * @param comparisons how often two labelers judged the same pair
 * @param same in how many of these both said the same
 * @param coincidences Krippendorff's, of first better, tie and second better
 * @param w Kendall's, over the texts that all of them ranked; not a number where it has none
 */
record PromptAgreement(long comparisons, long same, double[][] coincidences, double w) {
    private static final int VALUES = 3;

    static PromptAgreement of(List<Ranking> rankings) {
        long comparisons = 0;
        long same = 0;
        double[][] coincidences = new double[VALUES][VALUES];
        for (Map<String, Integer> vote : RankingAgreement.votes(rankings).values()) {
            List<Integer> signs = List.copyOf(vote.values());
            for (int i = 0; i < signs.size(); i++) {
                for (int j = 0; j < signs.size(); j++) {
                    if (i != j) {
                        coincidences[signs.get(i) + 1][signs.get(j) + 1] += 1.0 / (signs.size() - 1);
                        comparisons += i < j ? 1 : 0;
                        same += i < j && signs.get(i).equals(signs.get(j)) ? 1 : 0;
                    }
                }
            }
        }
        return new PromptAgreement(comparisons, same, coincidences, w(rankings));
    }

    private static double w(List<Ranking> rankings) {
        List<Map<String, Integer>> places =
                rankings.stream().map(RankingAgreement::places).toList();
        List<String> common = new ArrayList<>(places.get(0).keySet());
        places.forEach(place -> common.retainAll(place.keySet()));
        if (places.size() < 2 || common.size() < 2) {
            return Double.NaN;
        }
        double[][] scores = places.stream()
                .map(place -> common.stream()
                        .mapToDouble(text -> place.getOrDefault(text, 0))
                        .toArray())
                .toArray(double[][]::new);
        return Kendall.w(scores);
    }

    /** The share of comparisons that agree. */
    static double agreement(Collection<PromptAgreement> prompts) {
        long all = prompts.stream().mapToLong(PromptAgreement::comparisons).sum();
        return (double) prompts.stream().mapToLong(PromptAgreement::same).sum() / all;
    }

    /** Krippendorff's alpha, nominal, over all pairs; not a number where all values are equal. */
    static double alpha(Collection<PromptAgreement> prompts) {
        double[] totals = new double[VALUES];
        double observed = 0;
        for (PromptAgreement prompt : prompts) {
            for (int c = 0; c < VALUES; c++) {
                for (int k = 0; k < VALUES; k++) {
                    totals[c] += prompt.coincidences[c][k];
                    observed += c == k ? 0 : prompt.coincidences[c][k];
                }
            }
        }
        double all = totals[0] + totals[1] + totals[2];
        double expected = all * all - totals[0] * totals[0] - totals[1] * totals[1] - totals[2] * totals[2];
        return 1 - (all - 1) * observed / expected;
    }

    /** The mean over the prompts that have a W. */
    static double meanW(Collection<PromptAgreement> prompts) {
        return prompts.stream()
                .mapToDouble(PromptAgreement::w)
                .filter(w -> !Double.isNaN(w))
                .average()
                .orElse(Double.NaN);
    }
}
