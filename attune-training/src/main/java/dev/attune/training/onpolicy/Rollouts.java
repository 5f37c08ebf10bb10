package dev.attune.training.onpolicy;

import java.util.List;

/** The first phase: rollouts of the policy, on prompts or in an environment. */
public interface Rollouts extends AutoCloseable {
    /** The episodes of a step. They depend only on the weights, the seed and the step. */
    List<Episode> sample(int step);

    /** Episodes for evaluation, always with the same random numbers; empty if there is nothing to evaluate on. */
    List<Episode> evaluation();

    @Override
    void close();
}
