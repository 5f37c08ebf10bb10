package dev.attune.training.preference;

import dev.attune.core.error.BadInputException;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.optimizer.ScheduledOptimizer;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a policy on pairs of completions with a loss of their log-probabilities: DPO and its family, ORPO, SimPO, CPO. A
 * step takes a number of pairs; its loss is their mean, weighted by the pairs' weights, however the step is split into
 * micro-batches or shared among workers. The reference's log-probabilities are asked for once, before the first step.
 */
public final class PreferenceTrainer implements Trainer {
    private final CausalLm policy;
    private final @Nullable Reference reference;
    private final List<TokenPair> pairs;
    private final List<TokenPair> heldOut;
    private final RowPlan plan;
    private final Epochs epochs;
    private final PairLearning learning;
    private final ScheduledOptimizer optimizer;
    private final int steps;
    private @Nullable Prepared prepared;

    /**
     * @param policy trained in place; stays the caller's
     * @param reference null if the objective needs none; it is asked at the first step or evaluation
     * @param heldOut what {@link #evaluate} measures on; may be empty
     * @param loss the objective with the tokens of its supervised term
     * @throws BadInputException if there is no pair, or the objective cannot use the label or weight of one
     */
    public PreferenceTrainer(
            CausalLm policy,
            @Nullable Reference reference,
            List<TokenPair> pairs,
            List<TokenPair> heldOut,
            PairLoss loss,
            RowPlan plan) {
        requireUsable(pairs, heldOut, loss.objective());
        this.policy = policy;
        this.reference = loss.objective().needsReference() ? required(reference) : null;
        this.pairs = List.copyOf(pairs);
        this.heldOut = List.copyOf(heldOut);
        this.plan = plan;
        this.epochs = plan.epochs(pairs.size());
        this.steps = plan.steps(pairs.size());
        this.learning = new PairLearning(policy, loss.objective(), loss.promptLearned(), plan.micro());
        this.optimizer = new ScheduledOptimizer(policy.parameters(), plan.optimizer(), steps);
    }

    private static Reference required(@Nullable Reference reference) {
        if (reference == null) {
            throw new IllegalArgumentException("the loss needs a reference");
        }
        return reference;
    }

    private static void requireUsable(List<TokenPair> pairs, List<TokenPair> heldOut, PreferenceObjective objective) {
        if (pairs.isEmpty()) {
            throw BadInputException.at("the training data", "no pair", "pairs of completions", "add pairs");
        }
        Stream.concat(pairs.stream(), heldOut.stream())
                .forEach(pair -> objective.requireLabels("the data", pair.probability(), pair.weight()));
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        long first = (long) (step - 1) * plan.rows();
        policy.atStep(step);
        List<PairBatch.Scored> batch = MicroBatches.pick(prepared().train, epochs.take(first, plan.rows()));
        PairFigures figures = learning.learn(batch);
        List<String> warnings = FirstStep.check(step, reference, figures.largestReward());
        ScheduledOptimizer.StepStatistics statistics = optimizer.step(step, figures.loss());
        Map<String, Double> metrics = new LinkedHashMap<>();
        figures.putInto(metrics, "", reference != null);
        statistics.putInto(metrics);
        metrics.put("epoch", (first + plan.rows()) / (double) pairs.size());
        metrics.put("pairs_per_second", plan.rows() / ((System.nanoTime() - started) / 1e9));
        return new StepReport(metrics, List.of(), warnings);
    }

    /** The loss and the rewards of the held-out pairs, as {@code eval_loss}, {@code eval_rewards/chosen}, ... */
    @Override
    public Map<String, Double> evaluate() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (!heldOut.isEmpty()) {
            learning.measure(prepared().heldOut).putInto(metrics, "eval_", reference != null);
        }
        return metrics;
    }

    @Override
    public TrainerState state() {
        return TrainerState.of(optimizer.state(TrainerState.POLICY));
    }

    @Override
    public void close() {
        optimizer.close();
    }

    /** The pairs with their reference log-probabilities; those that no step takes have none. */
    private record Prepared(List<PairBatch.Scored> train, List<PairBatch.Scored> heldOut) {}

    private Prepared prepared() {
        Prepared ready = prepared;
        if (ready == null) {
            ready = prepare();
            prepared = ready;
        }
        return ready;
    }

    private Prepared prepare() {
        int[] taken = taken();
        List<TokenPair> asked = Stream.concat(IntStream.of(taken).mapToObj(pairs::get), heldOut.stream())
                .toList();
        List<PairBatch.Scored> scored = scored(asked);
        List<PairBatch.Scored> train = new ArrayList<>(
                pairs.stream().map(pair -> new PairBatch.Scored(pair, null)).toList());
        for (int i = 0; i < taken.length; i++) {
            train.set(taken[i], scored.get(i));
        }
        return new Prepared(train, scored.subList(taken.length, scored.size()));
    }

    /** The indices of the pairs that the run's steps take: a short run does not ask the reference for all of them. */
    private int[] taken() {
        long rows = Math.min((long) steps * plan.rows(), pairs.size());
        return epochs.take(0, Math.toIntExact(rows)).stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private List<PairBatch.Scored> scored(List<TokenPair> asked) {
        double[] sums = reference == null
                ? null
                : reference.sums(asked.stream().flatMap(pair -> Stream.of(pair.chosen(), pair.rejected())));
        return IntStream.range(0, asked.size())
                .mapToObj(i -> new PairBatch.Scored(
                        asked.get(i), sums == null ? null : new double[] {sums[2 * i], sums[2 * i + 1]}))
                .toList();
    }
}
