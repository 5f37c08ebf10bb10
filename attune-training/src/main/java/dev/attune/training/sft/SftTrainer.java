package dev.attune.training.sft;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.Packing;
import dev.attune.training.batch.RowStream;
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
        long first = (long) (step - 1) * options.rows();
        List<PackedRow> rows = stream.take(first, options.rows());
        long targets = targets(rows);
        double loss = 0;
        for (List<Integer> micro : MicroBatches.plan(rows, options.micro(), PackedRow::length)) {
            loss += learn(MicroBatches.pick(rows, micro), targets);
        }
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
        double sum = 0;
        try (NoGrad off = NoGrad.on()) {
            for (List<Integer> micro : MicroBatches.plan(heldOut, options.micro(), PackedRow::length)) {
                try (Scope scope = Scope.open()) {
                    sum += loss(MicroBatches.pick(heldOut, micro)).item();
                }
            }
        }
        double mean = sum / targets(heldOut);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("eval_loss", mean);
        metrics.put("eval_perplexity", Math.exp(mean));
        return metrics;
    }

    @Override
    public TrainerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(TrainerState.POLICY, model.parameters().flat());
        tensors.putAll(optimizer.state());
        return TrainerState.of(tensors);
    }

    @Override
    public void close() {
        optimizer.close();
    }

    /** Accumulates the gradient of one micro-batch; returns its share of the step's loss. */
    private double learn(List<PackedRow> rows, long targets) {
        try (Scope scope = Scope.open()) {
            Tensor loss = loss(rows).dividedBy((double) targets);
            loss.backward();
            return loss.item();
        }
    }

    private Tensor loss(List<PackedRow> rows) {
        TargetBatch batch = TargetBatch.of(rows);
        Tensor states = batch.atStates(model.hidden(batch.tokens()));
        return CrossEntropy.sum(model.head(states), batch.targets());
    }

    private static long targets(List<PackedRow> rows) {
        return rows.stream().mapToLong(PackedRow::targets).sum();
    }

    private static long tokens(List<PackedRow> rows) {
        return rows.stream().mapToLong(PackedRow::length).sum();
    }
}
