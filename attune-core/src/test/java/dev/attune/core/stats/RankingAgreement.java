package dev.attune.core.stats;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much the labelers of one criterion agree, over the pairs of completions that they ordered: another way to the
 * figures of {@link dev.attune.core.stats.quality.Agreement}, by texts and all at once, to compare with.
 *
 * @param comparisons how often two labelers judged the same pair
 * @param agreement the share of these in which both said the same (first better, second better, or tie)
 * @param tau the mean over pairs of labelers and prompts of Kendall's tau-b; not a number where none can be computed
 * @param alpha Krippendorff's, nominal, over all pairs
 */
public record RankingAgreement(long comparisons, double agreement, double tau, double alpha) {
    /** A pair of texts under one prompt. */
    record Pair(Prompt prompt, String first, String second) {}

    /** Computes agreement over rankings of one criterion; each labeler ranks a prompt once at most. */
    public static RankingAgreement of(List<Ranking> rankings) {
        Map<Pair, Map<String, Integer>> votes = votes(rankings);
        long comparisons = 0;
        long same = 0;
        for (Map<String, Integer> vote : votes.values()) {
            List<Integer> signs = List.copyOf(vote.values());
            for (int i = 0; i < signs.size(); i++) {
                for (int j = i + 1; j < signs.size(); j++) {
                    comparisons++;
                    same += signs.get(i).equals(signs.get(j)) ? 1 : 0;
                }
            }
        }
        return new RankingAgreement(comparisons, (double) same / comparisons, tau(rankings), alpha(rankings, votes));
    }

    /** Each labeler's verdict on each pair: 1 if the first text is better, -1 if the second is, 0 for a tie. */
    static Map<Pair, Map<String, Integer>> votes(List<Ranking> rankings) {
        Map<Pair, Map<String, Integer>> votes = new LinkedHashMap<>();
        for (Ranking ranking : rankings) {
            Map<String, Integer> places = places(ranking);
            List<String> texts = places.keySet().stream().sorted().toList();
            for (int i = 0; i < texts.size(); i++) {
                for (int j = i + 1; j < texts.size(); j++) {
                    int first = places.getOrDefault(texts.get(i), 0);
                    int second = places.getOrDefault(texts.get(j), 0);
                    votes.computeIfAbsent(
                                    new Pair(ranking.prompt(), texts.get(i), texts.get(j)),
                                    key -> new LinkedHashMap<>())
                            .put(ranking.labeler(), Integer.compare(second, first));
                }
            }
        }
        return votes;
    }

    /** The group of each ranked text, from 0. */
    static Map<String, Integer> places(Ranking ranking) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int group = 0; group < ranking.order().size(); group++) {
            for (int index : ranking.order().get(group)) {
                places.putIfAbsent(ranking.completions().get(index).text(), group);
            }
        }
        return places;
    }

    private static double alpha(List<Ranking> rankings, Map<Pair, Map<String, Integer>> votes) {
        Set<String> labelers = new LinkedHashSet<>();
        rankings.forEach(ranking -> labelers.add(ranking.labeler()));
        double[][] ratings = new double[labelers.size()][votes.size()];
        int rater = 0;
        for (String labeler : labelers) {
            int unit = 0;
            for (Map<String, Integer> vote : votes.values()) {
                Integer sign = vote.get(labeler);
                ratings[rater][unit++] = sign == null ? Double.NaN : sign;
            }
            rater++;
        }
        return votes.isEmpty() ? Double.NaN : Krippendorff.alpha(ratings, Krippendorff.Metric.NOMINAL);
    }

    private static double tau(List<Ranking> rankings) {
        Map<Prompt, List<Map<String, Integer>>> byPrompt = new LinkedHashMap<>();
        rankings.forEach(ranking -> byPrompt.computeIfAbsent(ranking.prompt(), key -> new ArrayList<>())
                .add(places(ranking)));
        List<Double> taus = new ArrayList<>();
        for (List<Map<String, Integer>> places : byPrompt.values()) {
            for (int i = 0; i < places.size(); i++) {
                for (int j = i + 1; j < places.size(); j++) {
                    double tau = tau(places.get(i), places.get(j));
                    if (!Double.isNaN(tau)) {
                        taus.add(tau);
                    }
                }
            }
        }
        return taus.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static double tau(Map<String, Integer> a, Map<String, Integer> b) {
        List<String> common = a.keySet().stream().filter(b::containsKey).toList();
        return Kendall.tau(
                common.stream().mapToDouble(text -> a.getOrDefault(text, 0)).toArray(),
                common.stream().mapToDouble(text -> b.getOrDefault(text, 0)).toArray());
    }
}
