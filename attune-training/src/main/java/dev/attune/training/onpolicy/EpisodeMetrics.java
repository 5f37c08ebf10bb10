package dev.attune.training.onpolicy;

import dev.attune.training.advantage.ExplainedVariance;
import dev.attune.training.advantage.Moments;
import dev.attune.training.recipe.KlSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of a step's episodes, named as in the summarize-from-feedback reproduction. */
final class EpisodeMetrics {
    private EpisodeMetrics() {}

    /**
     * objective/kl is the optimised quantity: the estimator's sum over a completion, averaged over completions; kl_k1
     * and kl_k3 allow comparing runs with different estimators.
     */
    static void objective(
            List<Episode> episodes,
            @Nullable KlDiagnosis diagnosis,
            double coefficient,
            OnPolicyOptions options,
            boolean critic,
            Map<String, Double> metrics) {
        double kl = mean(episodes, episode -> sum(episode.kl));
        double penalty = options.kl().placement() == KlSettings.Placement.REWARD ? -coefficient * kl : 0;
        double reward = mean(episodes, episode -> episode.reward);
        if (diagnosis != null) {
            metrics.put("objective/kl", kl);
            metrics.put("objective/kl_k1", diagnosis.mean);
            metrics.put("objective/kl_k3", diagnosis.k3);
            metrics.put("objective/kl_min", diagnosis.minimum);
            metrics.put("objective/kl_negative_share", diagnosis.negativeShare);
            metrics.put("objective/kl_coefficient", coefficient);
        }
        metrics.put("objective/entropy", mean(episodes, episode -> -sum(episode.logProbabilities)));
        if (episodes.stream().anyMatch(episode -> episode.entropies.length > 0)) {
            metrics.put(
                    "policy/entropy_avg",
                    Moments.of(episodes.stream()
                                    .map(episode -> episode.entropies)
                                    .toList())
                            .mean());
        }
        metrics.put("objective/non_score_reward", penalty);
        metrics.put("objective/scores", mean(episodes, episode -> episode.score.total()));
        metrics.put("objective/score_total", reward + penalty);
        for (String name : episodes.get(0).score.byName().keySet()) {
            metrics.put(
                    "scores/" + name,
                    mean(episodes, episode -> episode.score.byName().getOrDefault(name, 0.0)));
        }
        metrics.put("response/length", mean(episodes, Episode::length));
        metrics.put("response/ended_share", share(episodes, Episode::ended));
        if (episodes.stream().allMatch(episode -> episode.transcript.turns().isEmpty())) {
            metrics.put("rollout/retokenized_share", share(episodes, episode -> episode.retokenized));
        }
        metrics.put("val/num_eos_tokens", mean(episodes, episode -> episode.ended() ? 1 : 0) * episodes.size());
        if (critic) {
            critic(episodes, metrics);
        }
        Moments advantages =
                Moments.of(episodes.stream().map(episode -> episode.advantages).toList());
        metrics.put("advantages/mean", advantages.mean());
        metrics.put("advantages/deviation", advantages.standardDeviation());
    }

    private static void critic(List<Episode> episodes, Map<String, Double> metrics) {
        List<float[]> returns =
                episodes.stream().map(episode -> episode.returns).toList();
        List<float[]> values = episodes.stream().map(episode -> episode.values).toList();
        metrics.put("val/explained_variance", ExplainedVariance.of(values, returns));
        metrics.put("val/mean", Moments.of(values).mean());
        metrics.put("returns/mean", Moments.of(returns).mean());
    }

    /** The metrics of episodes in an environment; none for single completions. */
    static void episodes(List<Episode> all, Map<String, Double> metrics) {
        if (all.stream().allMatch(episode -> episode.transcript.turns().isEmpty() && episode.isValid())) {
            return;
        }
        metrics.put(
                "environment/turns",
                mean(all, episode -> episode.transcript.turns().size()));
        metrics.put("environment/faults", mean(all, episode -> episode.isValid() ? 0 : 1) * all.size());
    }

    static Map<String, Double> evaluation(List<Episode> episodes) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("eval_score", mean(episodes, episode -> episode.score.total()));
        metrics.put("eval_length", mean(episodes, Episode::length));
        metrics.put("eval_ended", mean(episodes, episode -> episode.ended() ? 1 : 0));
        return metrics;
    }

    static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static double share(List<Episode> episodes, Predicate<Episode> condition) {
        return mean(episodes, episode -> condition.test(episode) ? 1 : 0);
    }

    private static double mean(List<Episode> episodes, ToDoubleFunction<Episode> number) {
        return episodes.stream().mapToDouble(number).average().orElse(0);
    }
}
