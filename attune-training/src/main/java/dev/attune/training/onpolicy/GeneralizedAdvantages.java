package dev.attune.training.onpolicy;

import dev.attune.core.rollout.Rollout;
import dev.attune.training.advantage.GeneralizedAdvantage;
import dev.attune.training.advantage.Whitening;
import dev.attune.training.recipe.KlSettings;
import java.util.List;
import java.util.Map;

/**
 * Advantages of tokens by generalised advantage estimation. The reward of token t is
 *
 * <pre>
 *   r_t = - beta KL_t  +  [t is the last token] score
 * </pre>
 *
 * where KL_t is the estimate of {@code kl.estimator} and the score is added at the last real token: the end token, or the
 * last sampled one if there is none. In an environment each action's reward is added at the action's last token. Tokens of
 * the environment are skipped: the step from the last token of an action leads to the first token of the next action.
 *
 * @param estimator with gamma and lambda
 * @param turns whether an action is one step, instead of each of its tokens
 * @param whitenRewards scales the per-token rewards to variance 1 without shifting their mean
 * @param whitenAdvantages shifts and scales the advantages of a step's tokens to mean 0 and variance 1
 * @param placement of the KL penalty
 */
public record GeneralizedAdvantages(
        GeneralizedAdvantage estimator,
        boolean turns,
        boolean whitenRewards,
        boolean whitenAdvantages,
        KlSettings.Placement placement)
        implements AdvantagePhase {
    @Override
    public Map<String, Double> assign(List<Episode> episodes, double coefficient) {
        episodes.forEach(episode -> episode.rewards = perToken(episode, coefficient));
        if (whitenRewards) {
            List<float[]> white = Whitening.unshifted(
                    episodes.stream().map(episode -> episode.rewards).toList());
            for (int i = 0; i < white.size(); i++) {
                episodes.get(i).rewards = white.get(i);
            }
        }
        estimate(episodes);
        return Map.of();
    }

    private float[] perToken(Episode episode, double coefficient) {
        float[] result = new float[episode.length()];
        if (placement == KlSettings.Placement.REWARD) {
            for (int t = 0; t < result.length; t++) {
                result[t] = (float) (-coefficient * episode.kl[t]);
            }
        }
        int[] ends = episode.transcript.turnEnds();
        List<Rollout.Turn> actions = episode.transcript.turns();
        for (int turn = 0; turn < ends.length; turn++) {
            double reward =
                    actions.isEmpty() ? episode.reward : actions.get(turn).reward();
            result[ends[turn] - 1] += (float) reward;
        }
        return result;
    }

    private void estimate(List<Episode> episodes) {
        for (Episode episode : episodes) {
            GeneralizedAdvantage.Estimate estimate = turns
                    ? estimator.overTurns(episode.rewards, episode.values, episode.transcript.turnEnds())
                    : estimator.estimate(episode.rewards, episode.values);
            episode.advantages = estimate.advantages();
            episode.whitened = estimate.advantages();
            episode.returns = estimate.returns();
        }
        if (whitenAdvantages) {
            List<float[]> white = Whitening.shifted(
                    episodes.stream().map(episode -> episode.advantages).toList());
            for (int i = 0; i < white.size(); i++) {
                episodes.get(i).whitened = white.get(i);
            }
        }
    }
}
