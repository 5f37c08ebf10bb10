package dev.attune.training.onpolicy;

import java.util.List;

/** The first phase: rollouts of the policy, on prompts or in an environment. */
public interface Rollouts extends AutoCloseable {
    /** The episodes of a step. They depend only on the weights, the seed and the step. */
    List<Episode> sample(int step);

    /**
     * Episodes of further prompts, to replace those that teach nothing; they too depend only on the weights, the seed, the step
     * and the round.
     *
     * @param round from 1
     */
    default List<Episode> further(int step, int round) {
        return List.of();
    }

    /** Episodes for evaluation, always with the same random numbers; empty if there is nothing to evaluate on. */
    List<Episode> evaluation();

    @Override
    void close();
}
