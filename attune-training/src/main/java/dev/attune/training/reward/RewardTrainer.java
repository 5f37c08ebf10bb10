package dev.attune.training.reward;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.batch.MicroBatches;
import dev.attune.training.optimizer.ScheduledOptimizer;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a reward model to comparisons: Bradley-Terry over pairs, or Plackett-Luce over whole rankings. A step takes a
 * number of prompts with all their comparisons; every completion passes through the model once, and prompts are never
 * split over micro-batches. If the model's backbone is frozen, every sequence passes through it once, before the first
 * step, unless token dropout changes the sequences at each step.
 */
public final class RewardTrainer implements Trainer {
    private final RewardModel model;
    private final List<Comparison> comparisons;
    private final List<Comparison> heldOut;
    private final RewardOptions options;
    private final ComparisonLoss loss;
    private final Epochs epochs;
    private final TokenDropout dropout;
    private final ScheduledOptimizer optimizer;
    private final @Nullable FrozenFeatures features;
    private final int steps;

    /**
     * @param model trained in place; stays the caller's
     * @param heldOut what {@link #evaluate} and {@link #report} measure on; may be empty
     */
    public RewardTrainer(
            RewardModel model, List<Comparison> comparisons, List<Comparison> heldOut, RewardOptions options) {
        this(model, comparisons, heldOut, options, note -> {});
    }

    /** @param notes receives notes on long work before the first step */
    public RewardTrainer(
            RewardModel model,
            List<Comparison> comparisons,
            List<Comparison> heldOut,
            RewardOptions options,
            Consumer<String> notes) {
        this.model = model;
        this.loss = new ComparisonLoss(options.comparison());
        this.comparisons =
                comparisons.stream().filter(c -> loss.denominator(c) > 0).toList();
        this.heldOut = List.copyOf(heldOut);
        this.options = options;
        if (this.comparisons.isEmpty()) {
            boolean rankings = options.comparison().loss() == ComparisonSettings.Loss.PLACKETT_LUCE;
            throw BadInputException.at(
                    "the training data",
                    rankings ? "no ranking" : "no pair with a preference",
                    rankings ? "rankings, which comparison.loss: plackett-luce learns from" : "pairs of completions",
                    rankings ? "set comparison.loss: bradley-terry" : "add pairs, or rankings with different ranks");
        }
        this.epochs = new Epochs(this.comparisons.size(), options.order(), options.seed(), "comparison order");
        this.dropout = new TokenDropout(options.comparison().tokenDropout(), options.seed());
        this.steps = options.steps() > 0
                ? options.steps()
                : Epochs.steps(this.comparisons.size(), options.epochs(), options.prompts());
        this.features = features(notes);
        this.optimizer = new ScheduledOptimizer(model.parameters(), options.optimizer(), steps);
    }

    /** Scales the features if the options say so, and keeps them if the backbone is frozen. */
    private @Nullable FrozenFeatures features(Consumer<String> notes) {
        boolean frozen = model.backboneFrozen() && options.comparison().tokenDropout() == 0;
        if (!frozen && !options.standardize()) {
            return null;
        }
        List<Comparison> all =
                frozen ? Stream.concat(comparisons.stream(), heldOut.stream()).toList() : comparisons;
        FeatureExtraction extraction = new FeatureExtraction(model, options.micro(), notes);
        Tensor table = extraction.table(
                all.stream().flatMap(c -> c.sequences().stream()).toList());
        if (options.standardize()) {
            long training = comparisons.stream().mapToLong(Comparison::size).sum();
            FeatureScaling.apply(model, table, training);
        }
        if (frozen) {
            return new FrozenFeatures(model, all, table);
        }
        table.close();
        return null;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        model.atStep(step);
        long first = (long) (step - 1) * options.prompts();
        List<Comparison> batch =
                dropout.thin(MicroBatches.pick(comparisons, epochs.take(first, options.prompts())), step);
        double denominator = batch.stream().mapToDouble(loss::denominator).sum();
        List<List<List<Integer>>> shares =
                MicroBatches.shares(batch, options.micro(), Comparison::size, Comparison::longest);
        List<Learned> learned =
                Workers.map(shares.size(), worker -> learn(worker, shares.get(worker), batch, denominator));
        double total = learned.stream().mapToDouble(Learned::loss).reduce(0, Double::sum);
        List<Comparison> seen =
                learned.stream().flatMap(share -> share.seen.stream()).toList();
        List<float[]> scores =
                learned.stream().flatMap(share -> share.scores.stream()).toList();
        ScheduledOptimizer.StepStatistics statistics = optimizer.step(step, total);
        RewardReport report = RewardReport.of(new ScoredComparisons(seen, scores));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", total);
        if (report.pairs() > 0) {
            metrics.put("accuracy", report.accuracy());
        }
        metrics.put("score_mean", report.scoreMean());
        metrics.put("score_deviation", report.scoreDeviation());
        statistics.putInto(metrics);
        metrics.put("epoch", (first + options.prompts()) / (double) comparisons.size());
        metrics.put("pairs", (double) report.pairs());
        metrics.put("prompts_per_second", options.prompts() / ((System.nanoTime() - started) / 1e9));
        return StepReport.of(metrics);
    }

    @Override
    public Map<String, Double> evaluate() {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        RewardReport report = report();
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (report.pairs() > 0) {
            metrics.put("eval_accuracy", report.accuracy());
            metrics.put("eval_accuracy_low", report.interval().low());
            metrics.put("eval_accuracy_high", report.interval().high());
            metrics.put("eval_loss", report.logLoss());
            metrics.put("eval_calibration_error", report.calibrationError());
        }
        metrics.put("eval_length_correlation", report.lengthCorrelation());
        return metrics;
    }

    /** The full report on the held-out comparisons. Make it before {@link #normalize}, which changes the confidence. */
    public RewardReport report() {
        return RewardReport.of(
                features == null ? ScoredComparisons.of(model, heldOut, options.micro()) : features.scored(heldOut));
    }

    /**
     * Normalises the scores to mean 0 and variance 1 over the training completions, or over a random sample of 512 of
     * them.
     */
    public Normalization normalize() {
        ReferenceSample sample = ReferenceSample.of(comparisons, options.seed());
        float[] scores = ScoredComparisons.score(model, sample.sequences(), options.micro());
        Normalization normalization = Normalization.of(scores, sample.describe());
        normalization.applyTo(model);
        return normalization;
    }

    @Override
    public TrainerState state() {
        return TrainerState.of(optimizer.state("reward"));
    }

    @Override
    public void close() {
        optimizer.close();
        if (features != null) {
            features.close();
        }
    }

    /** What a worker has learned from: its share of the step's loss, and the comparisons with their scores. */
    private record Learned(double loss, List<Comparison> seen, List<float[]> scores) {}

    /** Accumulates the gradients of some micro-batches on a worker. */
    private Learned learn(int worker, List<List<Integer>> share, List<Comparison> batch, double denominator) {
        List<Comparison> seen = new ArrayList<>();
        List<float[]> scores = new ArrayList<>();
        double total = 0;
        for (List<Integer> micro : share) {
            List<Comparison> part = MicroBatches.pick(batch, micro);
            total += learn(model.onWorker(worker), part, denominator, scores);
            seen.addAll(part);
        }
        return new Learned(total, seen, scores);
    }

    /** Accumulates the gradient of some prompts; returns their share of the step's loss and adds their scores. */
    private double learn(RewardModel replica, List<Comparison> part, double denominator, List<float[]> scores) {
        try (Scope scope = Scope.open()) {
            Tensor all = scores(replica, part);
            Tensor sum = Tensor.scalar(0);
            int at = 0;
            for (Comparison comparison : part) {
                Tensor own = all.narrow(0, at, comparison.size());
                sum = sum.plus(loss.sum(own, comparison));
                scores.add(own.toFloats());
                at += comparison.size();
            }
            Tensor share = sum.dividedBy(denominator);
            share.backward();
            return share.item();
        }
    }

    private Tensor scores(RewardModel replica, List<Comparison> part) {
        return features == null
                ? replica.scores(
                        part.stream().flatMap(c -> c.sequences().stream()).toList())
                : features.scores(replica, part);
    }
}
