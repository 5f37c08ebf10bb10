package dev.attune.cli.lab;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.CrossEntropy;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.List;

/**
 * Next-token training of a model on an endless stream of packed rows: the loss is the mean over a step's tokens,
 * whatever the split into micro-batches.
 */
final class Pretraining implements AutoCloseable {
    private final CausalLm model;
    private final RowSource rows;
    private final Settings settings;
    private final AdamW optimizer;
    private int step;

    /** An endless source of rows. */
    interface RowSource {
        List<PackedRow> take(int count);
    }

    /**
     * @param rows per step
     * @param micro micro-batch size, in rows
     */
    record Settings(int rows, int micro, double learningRate, int warmUp) {
        OptimizerSettings optimizer() {
            return new OptimizerSettings(learningRate, 0.9, 0.95, 1e-8, 0.1, Schedule.Shape.COSINE, warmUp, 1.0);
        }
    }

    /**
     * @param loss mean negative log-likelihood of the step's targets, in nats
     * @param tokens number of targets
     */
    record Step(int number, double loss, long tokens) {}

    /** @param model trained in place; the caller closes it */
    Pretraining(CausalLm model, RowSource rows, Settings settings) {
        this.model = model;
        this.rows = rows;
        this.settings = settings;
        this.optimizer = new AdamW(model.parameters(), settings.optimizer());
    }

    CausalLm model() {
        return model;
    }

    /** @param steps number of all steps; the learning rate decays to about 0 at the last one */
    Step next(int steps) {
        step++;
        List<PackedRow> batch = rows.take(settings.rows());
        long targets = batch.stream().mapToLong(PackedRow::targets).sum();
        List<List<List<Integer>>> shares = MicroBatches.shares(batch, settings.micro(), PackedRow::length);
        double loss = Workers.map(shares.size(), worker -> learn(worker, shares.get(worker), batch, targets)).stream()
                .reduce(0.0, Double::sum);
        double rate =
                settings.learningRate() * new Schedule(Schedule.Shape.COSINE, settings.warmUp(), steps).factor(step);
        optimizer.step(step, rate);
        return new Step(step, loss, targets);
    }

    /** Accumulates the gradients of some micro-batches on a worker; returns their share of the step's loss. */
    private double learn(int worker, List<List<Integer>> share, List<PackedRow> batch, long targets) {
        CausalLm replica = model.onWorker(worker);
        double loss = 0;
        for (List<Integer> places : share) {
            try (Scope scope = Scope.open()) {
                TargetBatch micro = TargetBatch.of(MicroBatches.pick(batch, places));
                Tensor logits = replica.head(micro.atStates(replica.hidden(micro.tokens())));
                Tensor part = CrossEntropy.sum(logits, micro.targets()).dividedBy((double) targets);
                part.backward();
                loss += part.item();
            }
        }
        return loss;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
