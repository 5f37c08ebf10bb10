package dev.attune.training.onpolicy;

import dev.attune.training.advantage.AdvantageEstimator;
import dev.attune.training.advantage.Advantages;
import dev.attune.training.advantage.GroupedRewards;
import dev.attune.training.advantage.LeaveOneOut;
import dev.attune.training.advantage.OverlongPenalty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One advantage for all tokens of a completion, by comparison with other completions.
 *
 * @param estimator of the advantages
 * @param penalized whether the KL penalty, the coefficient times the summed estimate, is part of the reward
 * @param apart whether each reward function is given to the estimator, instead of their weighted sum
 * @param rule of the scores, applied to their sum
 * @param overlong null for none
 */
public record GroupAdvantages(
        AdvantageEstimator estimator,
        boolean penalized,
        boolean apart,
        ScoreRule rule,
        @Nullable OverlongPenalty overlong)
        implements AdvantagePhase {
    @Override
    public Map<String, Double> assign(List<Episode> episodes, double coefficient) {
        GroupedRewards rewards = EpisodeRewards.of(episodes);
        double[] shaped = rewards.sums();
        for (int i = 0; i < shaped.length; i++) {
            shaped[i] = shaped(episodes.get(i), shaped[i], coefficient);
        }
        Advantages advantages = estimator.estimate(apart ? rewards : GroupedRewards.of(rewards.groups(), shaped));
        for (int i = 0; i < shaped.length; i++) {
            EpisodeRewards.assign(
                    episodes.get(i),
                    shaped[i],
                    advantages.values()[i],
                    advantages.missing()[i]);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        EpisodeRewards.putInto(metrics, rewards, shaped);
        metrics.put("frac_reward_zero_std", advantages.shareWithoutSignal());
        return metrics;
    }

    private double shaped(Episode episode, double sum, double coefficient) {
        episode.reward = rule.apply(sum, episode.ended());
        double reward = penalized ? LeaveOneOut.withPenalty(episode.reward, episode.kl, coefficient) : episode.reward;
        return overlong == null ? reward : reward + overlong.of(episode.length());
    }
}
