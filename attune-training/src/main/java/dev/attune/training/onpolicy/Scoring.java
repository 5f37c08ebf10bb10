package dev.attune.training.onpolicy;

import dev.attune.training.reward.WeightedRewards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a step's episodes.
 *
 * @param missing whether a reward function may have no score for a completion
 * @param rewards null if the episodes have their scores already, from an environment
 */
record Scoring(@Nullable WeightedRewards rewards, ScoreRule rule, boolean missing) {
    void score(List<Episode> episodes) {
        if (rewards == null) {
            return;
        }
        List<WeightedRewards.Score> scores =
                rewards.score(episodes.stream().map(Episode::promptCompletion).toList(), missing);
        for (int i = 0; i < episodes.size(); i++) {
            Episode episode = episodes.get(i);
            episode.score = scores.get(i);
            episode.reward = rule.apply(scores.get(i).total(), episode.ended());
        }
    }
}
