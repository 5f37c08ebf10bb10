package dev.attune.training.reward;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.RewardModel;

/**
 * Scales each feature (input of the head) to variance 1 over the training sequences. The factors are folded into the
 * final norm's weights, so the finished model needs no extra key. Means are not shifted, because they cancel in the
 * difference of two scores.
 */
final class FeatureScaling {
    private static final double MIN_DEVIATION = 1e-6;

    private FeatureScaling() {}

    /**
     * Scales both the model's features and the table.
     *
     * @param table features {@code [sequences, width]}; changed in place
     * @param training the number of its first rows that are training sequences
     */
    static void apply(RewardModel model, Tensor table, long training) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            Tensor seen = table.narrow(0, 0, training);
            Tensor deviation = seen.minus(seen.mean(0)).square().mean(0).sqrt();
            Tensor constant = deviation.lessThan(MIN_DEVIATION);
            Tensor factors = Tensor.ones(deviation.shape()).dividedBy(deviation.maskedFill(constant, 1));
            model.scaleFeatures(factors);
            table.copyInPlace(table.times(factors));
        }
    }
}
