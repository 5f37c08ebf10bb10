package dev.attune.training.preference;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.LogProbabilityLoss;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferencePairs;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The loss of a batch of pairs and its gradient: with l the loss of a pair and w its weight,
 *
 * <pre>
 *   L = (sum over pairs w l) / (sum over pairs w)
 * </pre>
 *
 * over all pairs of a step, however they are split into micro-batches. If the loss of a pair depends on the other pairs, the
 * log-probabilities of all pairs are computed first, without gradient; the gradient of the loss by them is then carried into
 * the weights micro-batch by micro-batch.
 */
final class PairLearning {
    private final CausalLm policy;
    private final PreferenceObjective objective;
    private final boolean promptLearned;
    private final int micro;

    /** @param micro sequences that pass through the model at once; both sides of a pair always do */
    PairLearning(CausalLm policy, PreferenceObjective objective, boolean promptLearned, int micro) {
        this.policy = policy;
        this.objective = objective;
        this.promptLearned = promptLearned;
        this.micro = micro;
    }

    /** Adds the gradient of the loss to the policy's weights. */
    PairFigures learn(List<PairBatch.Scored> pairs) {
        PairBatch.Window window = new PairBatch(pairs, promptLearned).window();
        return objective.acrossPairs() ? learnTogether(pairs, window) : learnApart(pairs, window);
    }

    /** The loss without gradient. */
    PairFigures measure(List<PairBatch.Scored> pairs) {
        PairBatch all = new PairBatch(pairs, promptLearned);
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            PreferencePairs logs = all.of(sums(pairs), all.window());
            return figures(loss(all, logs, all.window()), logs);
        }
    }

    private PairFigures learnApart(List<PairBatch.Scored> pairs, PairBatch.Window window) {
        return overWorkers(pairs, (replica, places) -> {
            PairBatch batch = new PairBatch(MicroBatches.pick(pairs, places), promptLearned);
            PairFigures[] figures = new PairFigures[1];
            backward(replica, batch, sums -> {
                PreferencePairs logs = batch.of(sums, window);
                Tensor loss = loss(batch, logs, window);
                figures[0] = figures(loss, logs);
                return loss;
            });
            return figures[0];
        });
    }

    private PairFigures learnTogether(List<PairBatch.Scored> pairs, PairBatch.Window window) {
        try (Scope scope = Scope.open()) {
            PairBatch all = new PairBatch(pairs, promptLearned);
            Tensor leaf = sums(pairs).requireGrad(true);
            PreferencePairs logs = all.of(leaf, window);
            Tensor loss = loss(all, logs, window);
            loss.backward();
            double[] gradient = Objects.requireNonNull(leaf.grad()).toDoubles();
            overWorkers(pairs, (replica, places) -> {
                PairBatch batch = new PairBatch(MicroBatches.pick(pairs, places), promptLearned);
                backward(replica, batch, sums -> sums.times(rows(gradient, places))
                        .sum());
                return PairFigures.NONE;
            });
            return figures(loss, logs);
        }
    }

    /** The work on a micro-batch, by the indices of its pairs. */
    private interface Work {
        PairFigures of(CausalLm replica, List<Integer> places);
    }

    private PairFigures overWorkers(List<PairBatch.Scored> pairs, Work work) {
        List<List<List<Integer>>> shares = MicroBatches.shares(
                pairs, micro, scored -> 2, scored -> scored.pair().longest());
        List<PairFigures> parts = Workers.map(shares.size(), worker -> {
            CausalLm replica = policy.onWorker(worker);
            PairFigures sum = PairFigures.NONE;
            for (List<Integer> places : shares.get(worker)) {
                try (Scope scope = Scope.open()) {
                    sum = sum.plus(work.of(replica, places));
                }
            }
            return sum;
        });
        return parts.stream().reduce(PairFigures.NONE, PairFigures::plus);
    }

    /** @param loss from {@code [pairs, 3]} to rank 0 */
    private static void backward(CausalLm replica, PairBatch batch, UnaryOperator<Tensor> loss) {
        TargetBatch targets = batch.targets();
        Tensor hidden = targets.atStates(replica.hidden(targets.tokens()));
        LogProbabilityLoss.backward(replica, targets, hidden, 1, logs -> loss.apply(batch.sums(logs)));
    }

    private Tensor loss(PairBatch batch, PreferencePairs logs, PairBatch.Window window) {
        return objective.sum(logs, batch.probabilities(), batch.weights()).dividedBy(window.weight());
    }

    private PairFigures figures(Tensor loss, PreferencePairs logs) {
        return PairFigures.of(loss.item(), logs, objective.settings().beta());
    }

    /** The policy's sums of all pairs, {@code [pairs, 3]}, without gradient. */
    private Tensor sums(List<PairBatch.Scored> pairs) {
        double[] sums = new double[pairs.size() * PairBatch.SUMS];
        List<List<Integer>> plan = MicroBatches.planForWorkers(
                pairs, Math.max(1, micro / 2), scored -> scored.pair().longest());
        Workers.mapEach(plan, places -> {
            double[] part = sums(MicroBatches.pick(pairs, places), policy);
            for (int i = 0; i < part.length; i++) {
                sums[places.get(i / PairBatch.SUMS) * PairBatch.SUMS + i % PairBatch.SUMS] = part[i];
            }
            return places;
        });
        return Tensor.of(sums, pairs.size(), PairBatch.SUMS);
    }

    private double[] sums(List<PairBatch.Scored> pairs, CausalLm model) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            PairBatch batch = new PairBatch(pairs, promptLearned);
            return batch.sums(LogProbabilities.of(model, batch.targets(), 1).chosen())
                    .toDoubles();
        }
    }

    private static Tensor rows(double[] all, List<Integer> places) {
        double[] picked = new double[places.size() * PairBatch.SUMS];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = all[places.get(i / PairBatch.SUMS) * PairBatch.SUMS + i % PairBatch.SUMS];
        }
        return Tensor.of(picked, places.size(), PairBatch.SUMS);
    }
}
