package dev.attune.training.onpolicy;

import dev.attune.training.advantage.BatchRelative;
import dev.attune.training.advantage.GroupedRewards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Advantages of tokens as in REINFORCE++: the reward, less the KL penalty of the token and of those after it, normalised over all
 * tokens of the batch.
 *
 * @param baseline whether the mean reward of a prompt's completions is subtracted first
 * @param rule of the scores, applied to their sum
 */
public record BatchAdvantages(boolean baseline, ScoreRule rule) implements AdvantagePhase {
    @Override
    public Map<String, Double> assign(List<Episode> episodes, double coefficient) {
        GroupedRewards rewards = EpisodeRewards.of(episodes);
        double[] sums = rewards.sums();
        for (int i = 0; i < sums.length; i++) {
            episodes.get(i).unscored = Double.isNaN(sums[i]);
            sums[i] = rule.apply(sums[i], episodes.get(i).ended());
            episodes.get(i).reward = sums[i];
        }
        GroupedRewards shaped = GroupedRewards.of(rewards.groups(), sums);
        spread(episodes, baseline ? shaped.centred() : sums, coefficient);
        Map<String, Double> metrics = new LinkedHashMap<>();
        EpisodeRewards.putInto(metrics, shaped, sums);
        return metrics;
    }

    private static void spread(List<Episode> all, double[] rewards, double coefficient) {
        List<Episode> scored = all.stream().filter(episode -> !episode.unscored).toList();
        List<float[]> kl = new ArrayList<>();
        double[] present = new double[scored.size()];
        int at = 0;
        for (int i = 0; i < rewards.length; i++) {
            Episode episode = all.get(i);
            if (episode.unscored) {
                episode.advantages = new float[episode.length()];
                episode.whitened = episode.advantages;
            } else {
                kl.add(episode.kl.length == 0 ? new float[episode.length()] : episode.kl);
                present[at++] = rewards[i];
            }
        }
        List<float[]> advantages = BatchRelative.perToken(present, kl, coefficient);
        for (int i = 0; i < present.length; i++) {
            Episode episode = scored.get(i);
            episode.rewards = EpisodeRewards.atTheEnd(episode, present[i]);
            episode.advantages = advantages.get(i);
            episode.whitened = advantages.get(i);
        }
    }
}
