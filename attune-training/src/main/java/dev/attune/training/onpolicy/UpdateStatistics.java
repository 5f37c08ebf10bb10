package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.losses.PolicyLoss;
import dev.attune.training.losses.ValueLoss;
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
    private double gradientNorm;
    private int updates;

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
    }

    /** Ends an update. */
    void update(double norm) {
        gradientNorm += norm;
        updates++;
    }

    double largestRatioError() {
        return largestRatioError;
    }

    /** @param critic whether there is one */
    void putInto(Map<String, Double> metrics, boolean critic) {
        double mean = ratio / tokens;
        metrics.put("loss/policy_avg", policyLoss / tokens);
        if (critic) {
            metrics.put("loss/value_avg", valueLoss / tokens);
        }
        metrics.put("policy/approxkl_avg", approximateKl / tokens);
        metrics.put("policy/clipfrac_avg", policyClipped / tokens);
        metrics.put("policy/entropy_avg", entropy / tokens);
        if (critic) {
            metrics.put("val/clipfrac_avg", valueClipped / tokens);
        }
        metrics.put("val/ratio", mean);
        metrics.put("val/ratio_var", Math.max(0, ratioSquares / tokens - mean * mean));
        metrics.put("grad_norm", gradientNorm / Math.max(1, updates));
    }
}
