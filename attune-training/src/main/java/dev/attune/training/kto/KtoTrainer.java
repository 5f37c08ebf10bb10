package dev.attune.training.kto;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilityLoss;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.KtoLoss;
import dev.attune.training.losses.SequenceLengths;
import dev.attune.training.optimizer.ScheduledOptimizer;
import dev.attune.training.preference.FirstStep;
import dev.attune.training.preference.Reference;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.preference.SequenceLogProbabilities;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kahneman-Tversky optimisation: a step takes a number of completions, in micro-batches of consecutive ones, each of which
 * estimates its own z; the loss is the mean over completions. The micro-batch is therefore part of the definition and changes
 * the result; how micro-batches are shared among workers does not. Each worker has one in memory.
 */
public final class KtoTrainer implements Trainer {
    private final CausalLm policy;
    private final Reference reference;
    private final List<JudgedCompletion> rows;
    private final List<KtoGroup> heldOut;
    private final int maxLength;
    private final KtoSettings settings;
    private final KtoLoss loss;
    private final RowPlan plan;
    private final Epochs epochs;
    private final ScheduledOptimizer optimizer;
    private final int steps;
    private @Nullable Logs logs;

    /**
     * @param policy trained in place; stays the caller's
     * @param reference asked at the first step or evaluation
     * @param heldOut what {@link #evaluate} measures on; may be empty
     * @param maxLength tokens of a prompt with the completion of another row; such sequences are cut at their end
     * @param plan its {@code micro} is the number of completions that estimate a z: at least 2, and a divisor of its rows
     * @throws BadInputException if there are fewer completions than a micro-batch has
     */
    public KtoTrainer(
            CausalLm policy,
            Reference reference,
            List<JudgedCompletion> rows,
            List<JudgedCompletion> heldOut,
            int maxLength,
            KtoSettings settings,
            RowPlan plan) {
        int least = settings.mismatches() ? plan.micro() : 1;
        if (rows.size() < least) {
            throw BadInputException.at(
                    "the training data",
                    rows.size() + " completions",
                    "at least " + least + ", the number of a micro-batch",
                    "add rows or lower batch.micro");
        }
        if (settings.mismatches() && (plan.micro() < 2 || plan.rows() % plan.micro() != 0)) {
            throw new IllegalArgumentException(plan.micro() + " of " + plan.rows() + " rows in a micro-batch");
        }
        this.policy = policy;
        this.reference = reference;
        this.rows = List.copyOf(rows);
        this.maxLength = maxLength;
        this.settings = settings;
        this.loss = settings.equation();
        this.plan = plan;
        this.heldOut = heldOut.size() < 2 && settings.mismatches() ? List.of() : groups(heldOut);
        this.epochs = plan.epochs(rows.size());
        this.steps = plan.steps(rows.size());
        this.optimizer = new ScheduledOptimizer(policy.parameters(), plan.optimizer(), steps);
    }

    private List<KtoGroup> groups(List<JudgedCompletion> some) {
        return KtoGroup.of(some, plan.micro(), maxLength, settings.mismatches());
    }

    /** The groups of a step, and where each of their rows is in the data. */
    private record Step(List<KtoGroup> groups, List<Integer> places) {}

    private Step take(int step) {
        List<Integer> places = epochs.take((long) (step - 1) * plan.rows(), plan.rows());
        return new Step(groups(MicroBatches.pick(rows, places)), places);
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        Step taken = take(step);
        policy.atStep(step);
        Logs known = logs();
        KtoFigures figures = overGroups(
                taken.groups.size(),
                (index, worker) ->
                        learn(policy.onWorker(worker), taken.groups.get(index), known.ofStep(step, taken, index)));
        List<String> warnings = FirstStep.check(step, reference, figures.largestReward());
        ScheduledOptimizer.StepStatistics statistics = optimizer.step(step, figures.loss());
        Map<String, Double> metrics = figures.values("");
        statistics.putInto(metrics);
        metrics.put("epoch", (double) step * plan.rows() / rows.size());
        metrics.put("completions_per_second", plan.rows() / ((System.nanoTime() - started) / 1e9));
        return new StepReport(metrics, List.of(), warnings);
    }

    /** The loss and the rewards of the held-out completions, as {@code eval_loss}, {@code eval_kl}, ... */
    @Override
    public Map<String, Double> evaluate() {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        Logs known = logs();
        int count = heldOut.stream().mapToInt(KtoGroup::size).sum();
        return overGroups(heldOut.size(), (index, worker) -> measure(heldOut.get(index), known.ofHeldOut(index), count))
                .values("eval_");
    }

    @Override
    public TrainerState state() {
        return TrainerState.of(optimizer.state(TrainerState.POLICY));
    }

    @Override
    public void close() {
        optimizer.close();
    }

    /** The work on a group, by its index. */
    private interface Work {
        KtoFigures of(int index, int worker);
    }

    /** A worker takes every W-th group, so that each adds its gradients in the same order in every run. */
    private static KtoFigures overGroups(int groups, Work work) {
        int workers = Workers.useful(groups);
        List<KtoFigures> parts = Workers.map(workers, worker -> IntStream.range(0, groups)
                .filter(index -> index % workers == worker)
                .mapToObj(index -> work.of(index, worker))
                .reduce(KtoFigures.NONE, KtoFigures::plus));
        return parts.stream().reduce(KtoFigures.NONE, KtoFigures::plus);
    }

    /** Adds the gradient of a group's part of the loss. */
    private KtoFigures learn(CausalLm replica, KtoGroup group, GroupLogs known) {
        double z = z(replica, group, known);
        try (Scope scope = Scope.open()) {
            TargetBatch batch = group.targets();
            Tensor hidden = batch.atStates(replica.hidden(batch.tokens()));
            KtoFigures[] figures = new KtoFigures[1];
            LogProbabilityLoss.backward(replica, batch, hidden, 1, tokens -> {
                Tensor sums = SequenceLengths.of(batch.counts()).sums(tokens.toDouble());
                Tensor share = loss(group, sums, known, z, plan.rows());
                figures[0] = figures(group, share, sums, known, z);
                return share;
            });
            return figures[0];
        }
    }

    private KtoFigures measure(KtoGroup group, GroupLogs known, int count) {
        double z = z(policy, group, known);
        double[] sums = SequenceLogProbabilities.sums(
                policy, group.rows().stream().map(JudgedCompletion::document).toList());
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            Tensor logs = Tensor.of(sums, sums.length);
            return figures(group, loss(group, logs, known, z, count), logs, known, z);
        }
    }

    /** @param sums log pi of each completion, {@code [rows]} */
    private Tensor loss(KtoGroup group, Tensor sums, GroupLogs known, double z, int count) {
        Tensor ratios = sums.minus(Tensor.of(known.matched, known.matched.length));
        return loss.perRow(ratios, group.desirable(), z).sum().dividedBy((double) count);
    }

    private KtoFigures figures(KtoGroup group, Tensor share, Tensor sums, GroupLogs known, double z) {
        double[] values = sums.toDoubles();
        return KtoFigures.of(group, share.item(), z, values, difference(values, known.matched), settings.beta());
    }

    /** z of a group under the current policy, without gradient; 0 for losses without z. */
    private static double z(CausalLm replica, KtoGroup group, GroupLogs known) {
        if (group.mismatched().isEmpty()) {
            return 0;
        }
        return KtoLoss.z(difference(SequenceLogProbabilities.sums(replica, group.mismatched()), known.mismatched));
    }

    private static double[] difference(double[] policy, double[] reference) {
        return IntStream.range(0, policy.length)
                .mapToDouble(i -> policy[i] - reference[i])
                .toArray();
    }

    /** The reference's log-probabilities of a group's completions, matched and mismatched. */
    @SuppressWarnings("ArrayRecordComponent")
    private record GroupLogs(double[] matched, double[] mismatched) {}

    private Logs logs() {
        Logs ready = logs;
        if (ready == null) {
            ready = new Logs();
            logs = ready;
        }
        return ready;
    }

    /** The reference's log-probabilities of everything that the run will ask for. */
    private final class Logs {
        private final double[] sums;
        private final int heldOutAt = rows.size();
        private final int stepsAt;

        Logs() {
            Stream<KtoGroup> taken = settings.mismatches()
                    ? IntStream.rangeClosed(1, steps).boxed().flatMap(step -> take(step).groups.stream())
                    : Stream.of();
            sums = reference.sums(Stream.of(
                            rows.stream().map(JudgedCompletion::document),
                            heldOut.stream()
                                    .flatMap(group -> group.rows().stream().map(JudgedCompletion::document)),
                            heldOut.stream().flatMap(group -> group.mismatched().stream()),
                            taken.flatMap(group -> group.mismatched().stream()))
                    .flatMap(documents -> documents));
            stepsAt = heldOutAt
                    + heldOut.stream()
                            .mapToInt(group -> group.size() + group.mismatched().size())
                            .sum();
        }

        /** Of a group of a step. */
        GroupLogs ofStep(int step, Step taken, int index) {
            int from = index * plan.micro();
            int size = taken.groups.get(index).size();
            double[] matched = IntStream.range(from, from + size)
                    .mapToDouble(i -> sums[taken.places.get(i)])
                    .toArray();
            return new GroupLogs(
                    matched, slice(stepsAt + (step - 1) * plan.rows() + from, mismatched(taken.groups.get(index))));
        }

        GroupLogs ofHeldOut(int index) {
            int count = heldOut.stream().mapToInt(KtoGroup::size).sum();
            int from =
                    heldOut.subList(0, index).stream().mapToInt(KtoGroup::size).sum();
            KtoGroup group = heldOut.get(index);
            return new GroupLogs(
                    slice(heldOutAt + from, group.size()), slice(heldOutAt + count + from, mismatched(group)));
        }

        private int mismatched(KtoGroup group) {
            return group.mismatched().size();
        }

        private double[] slice(int from, int count) {
            return count == 0 ? new double[0] : Arrays.copyOfRange(sums, from, from + count);
        }
    }
}
