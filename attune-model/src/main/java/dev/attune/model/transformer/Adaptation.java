package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a frozen base model, with trained weights of their own: additions to linear maps and to the embedding, and
 * weights that replace those of the base. Several models can have one base, each with its own adaptation.
 */
public interface Adaptation extends AutoCloseable {
    /** The trained weights. */
    ParameterSet parameters();

    /** The weight that takes the place of the base's, such as {@code score.weight}; null if the base's is used. */
    @Nullable
    Tensor replacement(String weight);

    /**
     * The change of a linear map or embedding; null if it has none.
     *
     * @param module its name in the checkpoint, without {@code .weight}
     * @param weight the base's; of an embedding the table, whose inputs are the vocabulary
     */
    @Nullable
    WeightChange change(String module, BaseWeight weight);

    /** Whether an output projection that is tied to the embedding uses the replaced embedding. */
    boolean tiesHead();

    /** Whether the adapted model computes exactly what the base computes, as before the first update. */
    boolean isIdentity();

    /** Sets the step of the run, which the random numbers of later training passes derive from. */
    void atStep(long step);

    /**
     * Prepares a pass over a batch on this thread, until the result is closed. Random changes such as dropout apply only
     * while gradients are recorded.
     */
    Pass pass(TokenBatch batch);

    /** The same weights with their own gradients; closed with this. */
    Adaptation replica();

    @Override
    void close();

    /** What a pass depends on beside the batch. */
    interface Pass extends AutoCloseable {
        /** A pass without random changes. */
        Pass PLAIN = new Pass() {
            @Override
            public Pass again() {
                return this;
            }

            @Override
            public void close() {}
        };

        /** Opens the same pass again, for the second computation of a checkpointed layer. */
        Pass again();

        @Override
        void close();
    }
}
