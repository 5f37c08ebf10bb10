package dev.attune.training.onpolicy;

import dev.attune.training.advantage.GroupedRewards;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The rewards of a step's episodes, for methods that compare them. */
final class EpisodeRewards {
    private EpisodeRewards() {}

    static GroupedRewards of(List<Episode> episodes) {
        long[] groups = episodes.stream().mapToLong(episode -> episode.group).toArray();
        double[][] columns = episodes.stream()
                .map(episode -> numbers(episode.score.byName().values()))
                .toArray(double[][]::new);
        return new GroupedRewards(groups, columns, numbers(episodes.get(0).score.weights()));
    }

    private static double[] numbers(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Gives a completion its reward and one advantage for all of its tokens.
     *
     * @param missing whether it has no reward, so that it is out of the loss
     */
    static void assign(Episode episode, double reward, double advantage, boolean missing) {
        float[] same = new float[episode.length()];
        Arrays.fill(same, (float) advantage);
        episode.rewards = atTheEnd(episode, reward);
        episode.advantages = same;
        episode.whitened = same;
        episode.unscored = missing;
    }

    /** A reward at the last token, as rollouts record it; 0 if it is missing. */
    static float[] atTheEnd(Episode episode, double reward) {
        float[] rewards = new float[episode.length()];
        if (rewards.length > 0 && !Double.isNaN(reward)) {
            rewards[rewards.length - 1] = (float) reward;
        }
        return rewards;
    }

    /** The mean of the rewards that are present, and the mean over groups of their sample deviation. */
    static void putInto(Map<String, Double> metrics, GroupedRewards rewards, double[] values) {
        metrics.put("reward", mean(values));
        metrics.put(
                "reward_std",
                rewards.members().stream()
                        .map(group -> group.stream().mapToDouble(i -> values[i]).toArray())
                        .mapToDouble(EpisodeRewards::deviation)
                        .filter(Double::isFinite)
                        .average()
                        .orElse(0));
        long missing = Arrays.stream(values).filter(Double::isNaN).count();
        if (missing > 0) {
            metrics.put("reward_missing", (double) missing);
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
    }

    /** NaN for fewer than two values. */
    private static double deviation(double[] values) {
        double mean = mean(values);
        double[] squares = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(value -> (value - mean) * (value - mean))
                .toArray();
        return squares.length < 2
                ? Double.NaN
                : Math.sqrt(Arrays.stream(squares).sum() / (squares.length - 1));
    }
}
