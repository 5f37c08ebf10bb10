package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.losses.PolicyLoss;
import dev.attune.training.losses.PolicyObjective;
import dev.attune.training.losses.ValueLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sums over the tokens of all updates of a step. */
public final class UpdateStatistics {
    private double tokens;
    private double policyLoss;
    private double valueLoss;
    private double entropy;
    private double approximateKl;
    private double policyClipped;
    private double valueClipped;
    private double ratio;
    private double ratioSquares;
    private double largestRatioError;
    private double loss;
    private double clippedLow;
    private double clippedHigh;
    private double clampedExponents;
    private boolean ofObjective;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> norms = new ArrayList<>();

    /**
     * Adds a chunk of a micro-batch.
     *
     * @param entropySum over the tokens
     * @param change log pi - log pi_old, {@code [tokens]}
     */
    public void add(PolicyLoss policy, Tensor entropySum, Tensor change) {
        double policySum = policy.loss().item();
        Tensor ratios = policy.ratio();
        tokens += ratios.count();
        policyLoss += policySum;
        entropy += entropySum.item();
        approximateKl += change.square().sum().item() / 2;
        policyClipped += policy.clipped().sum().item();
        ratio += ratios.sum().item();
        ratioSquares += ratios.square().sum().item();
        largestRatioError =
                Math.max(largestRatioError, ratios.minus(1).abs().max().item());
    }

    /**
     * Adds a micro-batch.
     *
     * @param counted 1 for tokens that are in the loss, otherwise 0, {@code [tokens]}
     * @param loss its part of the minibatch's loss
     * @param change log pi - log pi_old, {@code [tokens]}
     */
    void add(PolicyObjective.Terms terms, Tensor counted, double loss, Tensor change) {
        Tensor ratios = terms.ratios().detach().times(counted);
        tokens += counted.sum().item();
        this.loss += loss;
        policyLoss += terms.losses().detach().times(counted).sum().item();
        approximateKl += change.square().times(counted).sum().item() / 2;
        policyClipped += terms.clipped().times(counted).sum().item();
        clippedLow += terms.clippedLow().times(counted).sum().item();
        clippedHigh += terms.clippedHigh().times(counted).sum().item();
        clampedExponents += terms.clampedExponents().item();
        ratio += ratios.sum().item();
        ratioSquares += ratios.square().sum().item();
        largestRatioError =
                Math.max(largestRatioError, change.exp().minus(1).abs().max().item());
        ofObjective = true;
    }

    /** Adds the values of a micro-batch. */
    void add(ValueLoss value) {
        valueLoss += value.loss().item();
        valueClipped += value.clipped().sum().item();
    }

    /** Adds the sums of other micro-batches. */
    void add(UpdateStatistics other) {
        tokens += other.tokens;
        policyLoss += other.policyLoss;
        valueLoss += other.valueLoss;
        entropy += other.entropy;
        approximateKl += other.approximateKl;
        policyClipped += other.policyClipped;
        valueClipped += other.valueClipped;
        ratio += other.ratio;
        ratioSquares += other.ratioSquares;
        largestRatioError = Math.max(largestRatioError, other.largestRatioError);
        loss += other.loss;
        clippedLow += other.clippedLow;
        clippedHigh += other.clippedHigh;
        clampedExponents += other.clampedExponents;
        ofObjective |= other.ofObjective;
    }

    /** Ends an update. */
    void update(double norm) {
        norms.add(norm);
        losses.add(loss);
        loss = 0;
    }

    double largestRatioError() {
        return largestRatioError;
    }

    /** @param critic whether there is one */
    void putInto(Map<String, Double> metrics, boolean critic) {
        double mean = ratio / tokens;
        if (ofObjective) {
            putObjective(metrics);
        }
        metrics.put("loss/policy_avg", policyLoss / tokens);
        if (critic) {
            metrics.put("loss/value_avg", valueLoss / tokens);
        }
        metrics.put("policy/approxkl_avg", approximateKl / tokens);
        metrics.put("policy/clipfrac_avg", policyClipped / tokens);
        if (!ofObjective) {
            metrics.put("policy/entropy_avg", entropy / tokens);
        }
        if (critic) {
            metrics.put("val/clipfrac_avg", valueClipped / tokens);
        }
        metrics.put("val/ratio", mean);
        metrics.put("val/ratio_var", Math.max(0, ratioSquares / tokens - mean * mean));
        metrics.put("grad_norm", norms.stream().reduce(0.0, Double::sum) / Math.max(1, norms.size()));
    }

    /** Metrics of methods whose loss is one number for each update; with several updates, each of them too. */
    private void putObjective(Map<String, Double> metrics) {
        metrics.put(
                "loss",
                losses.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        for (int i = 0; i < losses.size() && losses.size() > 1; i++) {
            metrics.put("loss/" + (i + 1), losses.get(i));
            metrics.put("grad_norm/" + (i + 1), norms.get(i));
        }
        metrics.put("clip_ratio/low", clippedLow / tokens);
        metrics.put("clip_ratio/high", clippedHigh / tokens);
        metrics.put("clamped_exponents", clampedExponents);
    }
}
