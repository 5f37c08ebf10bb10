package dev.attune.training.onpolicy;

import dev.attune.training.advantage.GroupedRewards;
import dev.attune.training.advantage.OnlinePairs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Advantages of the best and the worst completion of each group by the slope of DPO's loss; those of the others are 0.
 *
 * @param rule of the scores, applied to their sum
 */
public record PreferenceAdvantages(OnlinePairs estimator, ScoreRule rule) implements AdvantagePhase {
    @Override
    public Map<String, Double> assign(List<Episode> episodes, double coefficient) {
        GroupedRewards scores = EpisodeRewards.of(episodes);
        double[] rewards = scores.sums();
        double[] logRatios = new double[rewards.length];
        for (int i = 0; i < rewards.length; i++) {
            Episode episode = episodes.get(i);
            rewards[i] = rule.apply(rewards[i], episode.ended());
            episode.reward = rewards[i];
            logRatios[i] = EpisodeMetrics.sum(episode.logProbabilities)
                    - EpisodeMetrics.sum(episode.referenceLogProbabilities);
        }
        GroupedRewards grouped = GroupedRewards.of(scores.groups(), rewards);
        OnlinePairs.Pairs pairs = estimator.of(grouped, logRatios);
        for (int i = 0; i < rewards.length; i++) {
            EpisodeRewards.assign(episodes.get(i), rewards[i], pairs.advantages()[i], Double.isNaN(rewards[i]));
        }
        return metrics(grouped, rewards, pairs);
    }

    private static Map<String, Double> metrics(GroupedRewards grouped, double[] rewards, OnlinePairs.Pairs pairs) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        EpisodeRewards.putInto(metrics, grouped, rewards);
        int groups = grouped.members().size();
        metrics.put("frac_reward_zero_std", (double) pairs.groupsWithoutPair() / groups);
        if (pairs.groupsWithoutPair() < groups) {
            metrics.put("dpo_loss", pairs.loss());
            metrics.put("rewards/margins", pairs.margin());
            metrics.put("rewards/accuracies", pairs.accuracy());
        }
        return metrics;
    }
}
