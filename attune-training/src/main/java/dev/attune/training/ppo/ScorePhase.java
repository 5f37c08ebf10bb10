package dev.attune.training.ppo;

import dev.attune.core.rollout.Rollout;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.advantage.GeneralizedAdvantage;
import dev.attune.training.advantage.Whitening;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.reward.WeightedRewards;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second phase: computes all figures of the rollouts that the update needs. Old and reference
 * log-probabilities, values and scores are computed once, without gradient, with the kernels of the update. The reward of
 * token t is
 *
 * <pre>
 *   r_t = - beta KL_t  +  [t is the last token] score
 * </pre>
 *
 * where KL_t is the estimate of {@code kl.estimator} and the score is added at the last real token: the end token, or the
 * last sampled one if there is none. In an environment each action's reward is added at the action's last token. Tokens of the environment are skipped: the step from the last token of an action leads to the first token of the next action.
 */
final class ScorePhase {
    private final CausalLm policy;
    private final CausalLm reference;
    private final Critic critic;
    private final @Nullable WeightedRewards rewards;
    private final PpoOptions options;
    private final GeneralizedAdvantage advantage;

    /** @param rewards null if the environment has given the scores */
    ScorePhase(
            CausalLm policy, CausalLm reference, Critic critic, @Nullable WeightedRewards rewards, PpoOptions options) {
        this.policy = policy;
        this.reference = reference;
        this.critic = critic;
        this.rewards = rewards;
        this.options = options;
        this.advantage =
                new GeneralizedAdvantage(options.ppo().gamma(), options.ppo().lambda());
    }

    /** @param coefficient beta */
    void complete(List<Episode> episodes, int step, double coefficient) {
        FiniteEpisodes finite = new FiniteEpisodes(step, episodes);
        score(episodes);
        try (NoGrad off = NoGrad.on()) {
            List<List<Integer>> plan =
                    MicroBatches.planForWorkers(episodes, options.micro(), episode -> episode.row.length());
            Workers.mapEach(plan, micro -> {
                measure(MicroBatches.pick(episodes, micro));
                return micro;
            });
        }
        finite.requireMeasures(policy, reference, critic);
        episodes.forEach(episode -> episode.rewards = perToken(episode, coefficient));
        if (options.ppo().whitenRewards()) {
            List<float[]> white = Whitening.unshifted(
                    episodes.stream().map(episode -> episode.rewards).toList());
            for (int i = 0; i < white.size(); i++) {
                episodes.get(i).rewards = white.get(i);
            }
        }
        estimate(episodes);
        finite.requireAdvantages();
    }

    /** Only the scores, as an evaluation needs them. */
    void score(List<Episode> episodes) {
        if (rewards == null) {
            return;
        }
        List<WeightedRewards.Score> scores =
                rewards.score(episodes.stream().map(Episode::promptCompletion).toList());
        for (int i = 0; i < episodes.size(); i++) {
            Episode episode = episodes.get(i);
            episode.score = scores.get(i);
            episode.reward = terminal(scores.get(i).total(), episode.ended());
        }
    }

    /**
     * The score as it enters the rewards: first the missing-end-token rule, then the clip; the KL penalty is added
     * later.
     */
    double terminal(double score, boolean ended) {
        PpoSettings ppo = options.ppo();
        double value = score;
        if (!ended && ppo.missingEos() != null) {
            value = ppo.missingEosMode() == PpoSettings.MissingEos.REPLACE
                    ? ppo.missingEos()
                    : score + ppo.missingEos();
        }
        Double clip = ppo.clipReward();
        return clip == null ? value : Math.max(-clip, Math.min(clip, value));
    }

    private void measure(List<Episode> episodes) {
        try (Scope scope = Scope.open()) {
            TargetBatch batch = TargetBatch.of(episodes.stream().map(e -> e.row).toList());
            double temperature = options.generation().temperature();
            LogProbabilities now = LogProbabilities.of(policy, batch, temperature);
            LogProbabilities before = LogProbabilities.of(reference, batch, temperature);
            List<float[]> logs = batch.split(now.chosen().toFloats());
            List<float[]> referenceLogs = batch.split(before.chosen().toFloats());
            List<float[]> values =
                    batch.split(critic.values(batch, now.hidden()).toFloats());
            for (int i = 0; i < episodes.size(); i++) {
                Episode episode = episodes.get(i);
                episode.logProbabilities = logs.get(i);
                episode.referenceLogProbabilities = referenceLogs.get(i);
                episode.values = values.get(i);
                episode.kl = options.kl().estimator().estimate(logs.get(i), referenceLogs.get(i));
            }
        }
    }

    private float[] perToken(Episode episode, double coefficient) {
        float[] result = new float[episode.length()];
        if (options.kl().placement() == KlSettings.Placement.REWARD) {
            for (int t = 0; t < result.length; t++) {
                result[t] = (float) (-coefficient * episode.kl[t]);
            }
        }
        int[] ends = episode.transcript.turnEnds();
        List<Rollout.Turn> turns = episode.transcript.turns();
        for (int turn = 0; turn < ends.length; turn++) {
            double reward = turns.isEmpty() ? episode.reward : turns.get(turn).reward();
            result[ends[turn] - 1] += (float) reward;
        }
        return result;
    }

    private void estimate(List<Episode> episodes) {
        for (Episode episode : episodes) {
            GeneralizedAdvantage.Estimate estimate = options.ppo().credit() == PpoSettings.Credit.TURN
                    ? advantage.overTurns(episode.rewards, episode.values, episode.transcript.turnEnds())
                    : advantage.estimate(episode.rewards, episode.values);
            episode.advantages = estimate.advantages();
            episode.whitened = estimate.advantages();
            episode.returns = estimate.returns();
        }
        if (options.ppo().whitenAdvantages()) {
            List<float[]> white = Whitening.shifted(
                    episodes.stream().map(episode -> episode.advantages).toList());
            for (int i = 0; i < white.size(); i++) {
                episodes.get(i).whitened = white.get(i);
            }
        }
    }
}
