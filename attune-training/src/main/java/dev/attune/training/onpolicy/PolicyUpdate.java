package dev.attune.training.onpolicy;

import java.util.List;

/** The policy's part of the loss, which an update minimises. */
public interface PolicyUpdate {
    /**
     * A minibatch, before its first forward pass.
     *
     * @param episodes of this update
     * @param generation all episodes of the step
     */
    Minibatch minibatch(List<Episode> episodes, List<Episode> generation);

    /** The loss of a minibatch: the sum of the losses of its micro-batches, however it is split into them. */
    interface Minibatch {
        /** Adds the gradients of a micro-batch's loss to the weights, and its figures to the statistics. */
        void backward(MicroBatch batch, UpdateStatistics statistics);
    }
}
