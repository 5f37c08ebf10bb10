package dev.attune.training.sft;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.Packing;
import dev.attune.training.batch.RowStream;
import dev.attune.training.batch.StateChunks;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.losses.CrossEntropy;
import dev.attune.training.optimizer.ScheduledOptimizer;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Maximum likelihood training on token documents: pretraining if all tokens are learned, supervised fine-tuning if only
 * completions are. The loss of a step is the sum over all its targets divided by their number, however the step is
 * split into micro-batches.
 */
public final class SftTrainer implements Trainer {
    private final CausalLm model;
    private final SftOptions options;
    private final RowStream stream;
    private final List<PackedRow> heldOut;
    private final ScheduledOptimizer optimizer;
    private final int steps;

    /**
     * @param model trained in place; stays the caller's
     * @param documents the training documents, with their end tokens
     * @param heldOut what {@link #evaluate} measures on; may be empty
     */
    public SftTrainer(CausalLm model, List<TokenDocument> documents, List<TokenDocument> heldOut, SftOptions options) {
        this.model = model;
        this.options = options;
        this.stream = new RowStream(documents, options.maxLength(), options.packing(), options.order(), options.seed());
        this.heldOut = new Packing(options.maxLength()).pack(heldOut);
        this.steps = options.steps() > 0
                ? options.steps()
                : Math.toIntExact(-Math.floorDiv(-stream.rows(options.epochs()), (long) options.rows()));
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
        List<PackedRow> rows = stream.take(first, options.rows());
        long targets = targets(rows);
        List<List<List<Integer>>> shares = MicroBatches.shares(rows, options.micro(), PackedRow::length);
        double loss = sum(Workers.map(shares.size(), worker -> learn(worker, shares.get(worker), rows, targets)));
        ScheduledOptimizer.StepStatistics statistics = optimizer.step(step, loss);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("perplexity", Math.exp(loss));
        statistics.putInto(metrics);
        metrics.put("epoch", stream.epochAt(first + options.rows()));
        metrics.put("targets", (double) targets);
        metrics.put("tokens_per_second", tokens(rows) / ((System.nanoTime() - started) / 1e9));
        return StepReport.of(metrics);
    }

    /** Cross entropy per target of the held-out documents: {@code eval_loss} and {@code eval_perplexity}. */
    @Override
    public Map<String, Double> evaluate() {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        double mean;
        try (NoGrad off = NoGrad.on()) {
            List<List<Integer>> plan = MicroBatches.planForWorkers(heldOut, options.micro(), PackedRow::length);
            mean = sum(Workers.mapEach(plan, this::measure)) / targets(heldOut);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("eval_loss", mean);
        metrics.put("eval_perplexity", Math.exp(mean));
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

    /** Accumulates the gradients of some micro-batches on a worker; returns their share of the step's loss. */
    private double learn(int worker, List<List<Integer>> share, List<PackedRow> rows, long targets) {
        CausalLm replica = model.onWorker(worker);
        double sum = 0;
        for (List<Integer> micro : share) {
            try (Scope scope = Scope.open()) {
                TargetBatch batch = TargetBatch.of(MicroBatches.pick(rows, micro));
                Tensor hidden = batch.atStates(replica.hidden(batch.tokens()));
                sum += StateChunks.backward(
                        hidden, model.config().vocabularySize(), null, (part, from, count) -> CrossEntropy.sum(
                                        replica.head(part), batch.targets().narrow(0, from, count))
                                .dividedBy((double) targets));
            }
        }
        return sum;
    }

    private double measure(List<Integer> micro) {
        try (Scope scope = Scope.open()) {
            TargetBatch batch = TargetBatch.of(MicroBatches.pick(heldOut, micro));
            return LogProbabilities.of(model, batch, 1).chosen().negate().sum().item();
        }
    }

    private static double sum(List<Double> parts) {
        return parts.stream().reduce(0.0, Double::sum);
    }

    private static long targets(List<PackedRow> rows) {
        return rows.stream().mapToLong(PackedRow::targets).sum();
    }

    private static long tokens(List<PackedRow> rows) {
        return rows.stream().mapToLong(PackedRow::length).sum();
    }
}
