package dev.attune.core.stats;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much labelers agree under one criterion. Intervals are from drawing prompts anew with all their rankings. A figure is
 * null where the rankings do not tell it: nobody judged the same pair, or all say the same of all.
 *
 * @param prompts on which labelers can be compared
 * @param comparisons how often two labelers judged the same pair
 * @param agreement the share of these in which both said the same
 * @param alpha Krippendorff's, nominal, over all pairs
 * @param w Kendall's coefficient of concordance, the mean over prompts
 */
public record CriterionAgreement(
        String criterion,
        int rankings,
        int labelers,
        int prompts,
        long comparisons,
        @Nullable Estimate agreement,
        @Nullable Estimate alpha,
        @Nullable Estimate w) {
    private static final int RESAMPLES = 1000;

    /** One for each criterion, in the order in which they first appear. */
    public static List<CriterionAgreement> of(List<Ranking> rankings, long seed) {
        Map<String, List<Ranking>> criteria = new LinkedHashMap<>();
        rankings.forEach(ranking -> criteria.computeIfAbsent(ranking.criterion(), key -> new ArrayList<>())
                .add(ranking));
        return criteria.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), seed))
                .toList();
    }

    private static CriterionAgreement of(String criterion, List<Ranking> rankings, long seed) {
        Map<Prompt, List<Ranking>> byPrompt = new LinkedHashMap<>();
        rankings.forEach(ranking -> byPrompt.computeIfAbsent(ranking.prompt(), key -> new ArrayList<>())
                .add(ranking));
        List<PromptAgreement> prompts = byPrompt.values().stream()
                .map(PromptAgreement::of)
                .filter(prompt -> prompt.comparisons() > 0)
                .toList();
        return new CriterionAgreement(
                criterion,
                rankings.size(),
                (int) rankings.stream().map(Ranking::labeler).distinct().count(),
                prompts.size(),
                prompts.stream().mapToLong(PromptAgreement::comparisons).sum(),
                estimate(prompts, PromptAgreement::agreement, seed),
                estimate(prompts, PromptAgreement::alpha, seed),
                estimate(prompts, PromptAgreement::meanW, seed));
    }

    private static @Nullable Estimate estimate(
            List<PromptAgreement> prompts, ToDoubleFunction<Collection<PromptAgreement>> figure, long seed) {
        double value = figure.applyAsDouble(prompts);
        if (prompts.isEmpty() || Double.isNaN(value)) {
            return null;
        }
        ToDoubleFunction<int[]> drawn = indices -> certain(figure.applyAsDouble(
                Arrays.stream(indices).mapToObj(prompts::get).toList()));
        return new Estimate(
                value, Bootstrap.interval(prompts.size(), drawn, Interval.LEVEL, RESAMPLES, seed), prompts.size());
    }

    /** Draws in which nobody disagrees are draws of full agreement. */
    private static double certain(double value) {
        return Double.isNaN(value) ? 1 : value;
    }
}
