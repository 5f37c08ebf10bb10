package dev.attune.training.ppo;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.StateChunks;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.Entropy;
import dev.attune.training.losses.KlLoss;
import dev.attune.training.losses.PolicyLoss;
import dev.attune.training.losses.ValueLoss;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.optimizer.FiniteChecks;
import dev.attune.training.recipe.KlSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The third phase: updates in epochs over the episodes, in shuffled minibatches. Each minibatch is one update that minimises, over its tokens,
 *
 * <pre>
 *   L = L_policy + c_v L_VF - c_e L_ENT (+ beta L_KL if the KL is a loss)
 * </pre>
 *
 * which is the textbook's L_PPO = L_VF + c1 L_policy + c2 L_ENT divided by c1 = 1 / c_v, signs turned for minimisation.
 * Every term is a sum over tokens divided by the tokens of the whole minibatch, so that micro-batches change nothing.
 */
final class UpdatePhase {
    private final CausalLm policy;
    private final Critic critic;
    private final AdamW optimizer;
    private final PpoOptions options;
    private final Randomness order;

    UpdatePhase(CausalLm policy, Critic critic, AdamW optimizer, PpoOptions options) {
        this.policy = policy;
        this.critic = critic;
        this.optimizer = optimizer;
        this.options = options;
        this.order = Randomness.of(options.seed(), "ppo minibatches");
    }

    /**
     * Runs the updates of a step on its episodes.
     *
     * @param coefficient beta, used if the KL is a loss
     */
    UpdateStatistics learn(List<Episode> episodes, int step, LearningRates rates, double coefficient) {
        UpdateStatistics statistics = new UpdateStatistics();
        long update = (long) (step - 1) * options.updatesPerStep();
        for (int epoch = 0; epoch < options.ppo().epochs(); epoch++) {
            int[] shuffled = order.at(step).at(epoch).permutation(episodes.size());
            for (int part = 0; part < options.ppo().minibatches(); part++) {
                minibatch(minibatch(episodes, shuffled, part), step, coefficient, statistics);
                if (epoch == 0 && part == 0) {
                    checkFirst(statistics, step);
                }
                statistics.gradientNorm(update(++update, step, rates));
            }
        }
        return statistics;
    }

    private double update(long number, int step, LearningRates rates) {
        try {
            return optimizer.step(number, rates.policy(), rates.critic());
        } catch (RunFailedException e) {
            throw new RunFailedException("step " + step + ", " + e.getMessage(), e);
        }
    }

    private List<Episode> minibatch(List<Episode> episodes, int[] shuffled, int part) {
        int from = part * shuffled.length / options.ppo().minibatches();
        int to = (part + 1) * shuffled.length / options.ppo().minibatches();
        return Arrays.stream(shuffled, from, to)
                .sorted()
                .mapToObj(episodes::get)
                .toList();
    }

    private void minibatch(List<Episode> episodes, int step, double coefficient, UpdateStatistics statistics) {
        List<List<List<Integer>>> shares =
                MicroBatches.shares(episodes, options.micro(), episode -> episode.row.length());
        Workers.map(shares.size(), worker -> learn(worker, shares.get(worker), episodes, step, coefficient))
                .forEach(statistics::add);
    }

    /** Accumulates the gradients of some micro-batches on a worker. */
    private UpdateStatistics learn(
            int worker, List<List<Integer>> share, List<Episode> episodes, int step, double coefficient) {
        UpdateStatistics statistics = new UpdateStatistics();
        Models models = new Models(policy.onWorker(worker), critic.onWorker(worker));
        long tokens = episodes.stream().mapToLong(Episode::length).sum();
        for (List<Integer> micro : share) {
            try (Scope scope = Scope.open()) {
                MicroBatch batch =
                        new MicroBatch(models, MicroBatches.pick(episodes, micro), tokens, step, coefficient);
                batch.backward(statistics);
            }
        }
        return statistics;
    }

    private record Models(CausalLm policy, Critic critic) {}

    /** The losses of a micro-batch: sums over its tokens, divided by the tokens of the minibatch. */
    private final class MicroBatch {
        private final Models models;
        private final List<Episode> episodes;
        private final double tokens;
        private final int step;
        private final double coefficient;
        private final TargetBatch batch;

        MicroBatch(Models models, List<Episode> episodes, long tokens, int step, double coefficient) {
            this.models = models;
            this.episodes = episodes;
            this.tokens = tokens;
            this.step = step;
            this.coefficient = coefficient;
            batch = TargetBatch.of(episodes.stream().map(e -> e.row).toList());
        }

        /** Adds the gradients of all terms to the weights. */
        void backward(UpdateStatistics statistics) {
            Tensor hidden = batch.atStates(models.policy.hidden(batch.tokens()));
            Tensor ofValues = values(hidden, statistics);
            Tensor old = join(episodes, episode -> episode.logProbabilities);
            Tensor advantages = join(episodes, episode -> episode.whitened);
            Tensor reference = join(episodes, episode -> episode.referenceLogProbabilities);
            StateChunks.backward(hidden, policy.config().vocabularySize(), ofValues, (part, from, count) -> policyTerms(
                            part,
                            batch.targets().narrow(0, from, count),
                            old.narrow(0, from, count),
                            advantages.narrow(0, from, count),
                            reference.narrow(0, from, count),
                            statistics)
                    .dividedBy(tokens));
        }

        /** The value loss; returns its gradient by the policy's hidden states, or null if the critic does not read them. */
        private @Nullable Tensor values(Tensor hidden, UpdateStatistics statistics) {
            Tensor read = hidden.detach().requireGrad(true);
            ValueLoss loss = ValueLoss.of(
                    models.critic.values(batch, read),
                    join(episodes, episode -> episode.values),
                    join(episodes, episode -> episode.returns),
                    options.ppo().valueClip());
            statistics.add(loss);
            requireFinite(step, "value loss", loss.loss());
            loss.loss()
                    .times(options.ppo().valueCoefficient())
                    .dividedBy(tokens)
                    .backward();
            return read.grad();
        }

        private Tensor policyTerms(
                Tensor hidden,
                Tensor targets,
                Tensor old,
                Tensor advantages,
                Tensor reference,
                UpdateStatistics statistics) {
            Tensor logits = LogProbabilities.logits(
                    models.policy, hidden, options.generation().temperature());
            Tensor chosen = Functional.logProbabilities(logits, targets);
            PolicyLoss loss =
                    PolicyLoss.of(chosen, old, advantages, options.ppo().clip());
            Tensor entropy = entropy(logits);
            Tensor total = loss.loss();
            if (options.ppo().entropyCoefficient() != 0) {
                total = total.minus(entropy.times(options.ppo().entropyCoefficient()));
            }
            if (options.kl().placement() == KlSettings.Placement.LOSS) {
                total = total.plus(
                        KlLoss.sum(options.kl().estimator(), chosen, reference).times(coefficient));
            }
            statistics.add(loss, entropy, chosen.detach().minus(old));
            requireFinite(step, "policy loss", loss.loss());
            requireFinite(step, "PPO loss", total);
            return total;
        }
    }

    private void requireFinite(int step, String name, Tensor loss) {
        double value = loss.item();
        if (!Double.isFinite(value)) {
            throw FiniteChecks.inFigure(step, name, value, models());
        }
    }

    private Map<String, ParameterSet> models() {
        Map<String, ParameterSet> models = new LinkedHashMap<>();
        models.put("policy", policy.parameters());
        models.put("critic", critic.parameters());
        return models;
    }

    /** Summed over tokens, with gradient only if it is part of the loss. */
    private Tensor entropy(Tensor logits) {
        if (options.ppo().entropyCoefficient() != 0) {
            return Entropy.of(logits).sum();
        }
        try (NoGrad off = NoGrad.on()) {
            return Entropy.of(logits.detach()).sum();
        }
    }

    private static void checkFirst(UpdateStatistics statistics, int step) {
        double error = statistics.largestRatioError();
        if (!(error <= SameModel.tolerance())) {
            throw new RunFailedException(
                    "step " + step + ": the ratio on the first minibatch differs from 1 by " + error
                            + " (at most " + SameModel.tolerance()
                            + "): rollout and update compute different log-probabilities");
        }
    }

    private static Tensor join(List<Episode> episodes, Function<Episode, float[]> numbers) {
        return TargetBatch.join(episodes.stream().map(numbers).toList());
    }
}
