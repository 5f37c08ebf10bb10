package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * A loss over preference pairs: one term per pair, to be minimised. {@link PreferenceObjective} weights and adds them.
 * Implementations are {@link DpoLoss} and {@link ReferenceFreeLoss}.
 */
public interface PreferenceLoss {
    /** What a loss does with a label that holds with a probability p below 1. */
    enum SoftLabels {
        /** p L(chosen, rejected) + (1 - p) L(rejected, chosen). */
        EXPECTED,
        /** The label is used as if p were 1. */
        IGNORED,
        /** Such labels are an error. */
        REFUSED
    }

    /** The name in recipes. */
    String configName();

    /** The term of each pair, {@code [pairs]}, for labels that hold. */
    Tensor perPair(PreferencePairs pairs, PreferenceSettings settings);

    SoftLabels softLabels();

    /** Whether it needs the log-probabilities of a reference. */
    boolean needsReference();

    /**
     * Whether a term depends on the other pairs of the batch. Such a loss takes no row weights and changes with the
     * batch: all pairs of a batch must be given at once.
     */
    default boolean acrossPairs() {
        return false;
    }

    /**
     * @throws dev.attune.core.error.BadInputException if the settings give this loss no gradient or no value
     */
    default void check(String place, PreferenceSettings settings) {}
}
