package dev.attune.training.onpolicy;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.models.SameModel;
import dev.attune.training.optimizer.AdamW;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The last phase: updates in epochs over the episodes, in shuffled minibatches. Each minibatch is one update, which minimises the
 * policy's loss plus, if there is a critic, its value loss.
 */
final class UpdatePhase {
    private final CausalLm policy;
    private final @Nullable ValueUpdate value;
    private final PolicyUpdate update;
    private final AdamW optimizer;
    private final OnPolicyOptions options;
    private final Randomness order;

    UpdatePhase(
            CausalLm policy,
            @Nullable ValueUpdate value,
            PolicyUpdate update,
            AdamW optimizer,
            OnPolicyOptions options) {
        this.policy = policy;
        this.value = value;
        this.update = update;
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
        FiniteLosses finite = new FiniteLosses(step, models());
        long number = (long) (step - 1) * options.updatesPerStep();
        for (int epoch = 0; epoch < options.epochs(); epoch++) {
            int[] shuffled = options.shuffled()
                    ? order.at(step).at(epoch).permutation(episodes.size())
                    : IntStream.range(0, episodes.size()).toArray();
            for (int part = 0; part < options.minibatches(); part++) {
                List<Episode> minibatch = minibatch(episodes, shuffled, part);
                learn(minibatch, update.minibatch(minibatch, episodes), coefficient, finite, statistics);
                if (epoch == 0 && part == 0) {
                    checkFirst(statistics, step);
                }
                statistics.update(step(++number, step, rates));
            }
        }
        return statistics;
    }

    private double step(long number, int step, LearningRates rates) {
        try {
            return value == null
                    ? optimizer.step(number, rates.policy())
                    : optimizer.step(number, rates.policy(), rates.critic());
        } catch (RunFailedException e) {
            throw new RunFailedException("step " + step + ", " + e.getMessage(), e);
        }
    }

    private List<Episode> minibatch(List<Episode> episodes, int[] shuffled, int part) {
        int from = part * shuffled.length / options.minibatches();
        int to = (part + 1) * shuffled.length / options.minibatches();
        return Arrays.stream(shuffled, from, to)
                .sorted()
                .mapToObj(episodes::get)
                .toList();
    }

    private void learn(
            List<Episode> episodes,
            PolicyUpdate.Minibatch minibatch,
            double coefficient,
            FiniteLosses finite,
            UpdateStatistics statistics) {
        List<List<List<Integer>>> shares =
                MicroBatches.shares(episodes, options.micro(), episode -> episode.row.length());
        Workers.map(
                        shares.size(),
                        worker -> learn(worker, shares.get(worker), episodes, minibatch, coefficient, finite))
                .forEach(statistics::add);
    }

    /** Accumulates the gradients of some micro-batches on a worker. */
    private UpdateStatistics learn(
            int worker,
            List<List<Integer>> share,
            List<Episode> episodes,
            PolicyUpdate.Minibatch minibatch,
            double coefficient,
            FiniteLosses finite) {
        UpdateStatistics statistics = new UpdateStatistics();
        CausalLm replica = policy.onWorker(worker);
        Critic critic = value == null ? null : value.critic().onWorker(worker);
        double tokens = episodes.stream().mapToInt(Episode::length).sum();
        for (List<Integer> micro : share) {
            try (Scope scope = Scope.open()) {
                List<Episode> part = MicroBatches.pick(episodes, micro);
                TargetBatch batch = TargetBatch.of(part.stream().map(e -> e.row).toList());
                Tensor hidden = batch.atStates(replica.hidden(batch.tokens()));
                Tensor further = value == null || critic == null
                        ? null
                        : value.backward(critic, batch, part, hidden, tokens, statistics, finite);
                minibatch.backward(
                        new MicroBatch(replica, batch, part, hidden, further, coefficient, finite), statistics);
            }
        }
        return statistics;
    }

    private Map<String, ParameterSet> models() {
        Map<String, ParameterSet> models = new LinkedHashMap<>();
        models.put("policy", policy.parameters());
        if (value != null) {
            models.put("critic", value.critic().parameters());
        }
        return models;
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
}
