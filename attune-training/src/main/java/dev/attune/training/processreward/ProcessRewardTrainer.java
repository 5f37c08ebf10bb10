package dev.attune.training.processreward;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.losses.StepLoss;
import dev.attune.training.optimizer.ScheduledOptimizer;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits a process reward model to labelled steps by {@link StepLoss}. The loss of an optimiser step is the sum over the
 * labelled steps of its solutions divided by their number, however the solutions are split into micro-batches.
 */
public final class ProcessRewardTrainer implements Trainer {
    private final RewardModel model;
    private final List<LabelledSteps> rows;
    private final List<LabelledSteps> heldOut;
    private final ProcessRewardOptions options;
    private final Epochs epochs;
    private final ScheduledOptimizer optimizer;
    private final int steps;

    /**
     * @param model trained in place; stays the caller's
     * @param rows solutions with at least one labelled step each
     * @param heldOut what {@link #evaluate} measures on, of the same kind; may be empty
     * @throws BadInputException if there are no rows
     */
    public ProcessRewardTrainer(
            RewardModel model, List<LabelledSteps> rows, List<LabelledSteps> heldOut, ProcessRewardOptions options) {
        if (rows.isEmpty()) {
            throw BadInputException.at(
                    "the training data", "no labelled step", "solutions with labelled steps", "label some");
        }
        this.model = model;
        this.rows = List.copyOf(rows);
        this.heldOut = List.copyOf(heldOut);
        this.options = options;
        this.epochs = new Epochs(rows.size(), options.order(), options.seed(), "solution order");
        this.steps =
                options.steps() > 0 ? options.steps() : Epochs.steps(rows.size(), options.epochs(), options.rows());
        this.optimizer = new ScheduledOptimizer(model.parameters(), options.optimizer(), steps);
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        model.atStep(step);
        long first = (long) (step - 1) * options.rows();
        List<LabelledSteps> batch = MicroBatches.pick(rows, epochs.take(first, options.rows()));
        long labelled = labelled(batch);
        List<List<List<Integer>>> shares = MicroBatches.shares(batch, options.micro(), LabelledSteps::length);
        List<Learned> learned =
                Workers.map(shares.size(), worker -> learn(worker, shares.get(worker), batch, labelled));
        double loss = learned.stream().mapToDouble(Learned::loss).reduce(0, Double::sum);
        ScheduledOptimizer.StepStatistics statistics = optimizer.step(step, loss);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.putAll(together(learned).stepMetrics(""));
        statistics.putInto(metrics);
        metrics.put("epoch", (first + options.rows()) / (double) rows.size());
        metrics.put("labelled_steps", (double) labelled);
        metrics.put("solutions_per_second", options.rows() / ((System.nanoTime() - started) / 1e9));
        return StepReport.of(metrics);
    }

    /** The figures of a step on the held-out solutions, and {@code eval_solution_auc} if it is defined. */
    @Override
    public Map<String, Double> evaluate() {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        List<Learned> measured;
        try (NoGrad off = NoGrad.on()) {
            List<List<Integer>> plan = MicroBatches.planForWorkers(heldOut, options.micro(), LabelledSteps::length);
            measured = Workers.mapEach(plan, this::measure);
        }
        ScoredSteps scored = together(measured);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(
                "eval_loss", measured.stream().mapToDouble(Learned::loss).reduce(0, Double::sum) / labelled(heldOut));
        metrics.putAll(scored.stepMetrics("eval_"));
        double auc = scored.solutionAuc(options.aggregation());
        if (!Double.isNaN(auc)) {
            metrics.put("eval_solution_auc", auc);
        }
        return metrics;
    }

    @Override
    public TrainerState state() {
        return TrainerState.of(optimizer.state("reward"));
    }

    @Override
    public void close() {
        optimizer.close();
    }

    /** A share of the loss, and the solutions that it is of with their logits. */
    private record Learned(double loss, List<LabelledSteps> rows, List<float[]> logits) {}

    private static ScoredSteps together(List<Learned> parts) {
        return new ScoredSteps(
                parts.stream().flatMap(part -> part.rows.stream()).toList(),
                parts.stream().flatMap(part -> part.logits.stream()).toList());
    }

    /** Accumulates the gradients of some micro-batches on a worker. */
    private Learned learn(int worker, List<List<Integer>> share, List<LabelledSteps> batch, long labelled) {
        RewardModel replica = model.onWorker(worker);
        List<LabelledSteps> seen = new ArrayList<>();
        List<float[]> logits = new ArrayList<>();
        double total = 0;
        for (List<Integer> micro : share) {
            List<LabelledSteps> part = MicroBatches.pick(batch, micro);
            try (Scope scope = Scope.open()) {
                Tensor loss = sum(replica, part, logits).dividedBy((double) labelled);
                loss.backward();
                total += loss.item();
            }
            seen.addAll(part);
        }
        return new Learned(total, seen, logits);
    }

    private Learned measure(List<Integer> micro) {
        try (Scope scope = Scope.open()) {
            List<LabelledSteps> part = MicroBatches.pick(heldOut, micro);
            List<float[]> logits = new ArrayList<>();
            return new Learned(sum(model, part, logits).item(), part, logits);
        }
    }

    /** The summed loss of some solutions; their logits are added to {@code logits}. */
    private static Tensor sum(RewardModel model, List<LabelledSteps> part, List<float[]> logits) {
        Tensor all = model.scoresAt(
                part.stream().map(LabelledSteps::tokens).toList(),
                part.stream().map(LabelledSteps::ends).toList());
        List<Integer> places = new ArrayList<>();
        List<Float> correct = new ArrayList<>();
        int at = 0;
        for (LabelledSteps row : part) {
            for (int step : row.labelled()) {
                places.add(at + step);
                correct.add(row.labels().get(step) == StepLabel.CORRECT ? 1f : 0f);
            }
            logits.add(all.narrow(0, at, row.ends().length).toFloats());
            at += row.ends().length;
        }
        int[] index = places.stream().mapToInt(Integer::intValue).toArray();
        float[] targets = new float[index.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = correct.get(i);
        }
        return StepLoss.sum(all.indexSelect(0, Tensor.of(index, index.length)), Tensor.of(targets, targets.length));
    }

    private static long labelled(List<LabelledSteps> rows) {
        return rows.stream().mapToLong(LabelledSteps::counted).sum();
    }
}
