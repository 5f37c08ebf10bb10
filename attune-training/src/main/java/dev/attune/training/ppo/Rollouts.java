package dev.attune.training.ppo;

import java.util.List;

/** The first phase: the policy acts, on prompts or in an environment. */
interface Rollouts extends AutoCloseable {
    /** The episodes of a step, which decides every token. */
    List<Episode> sample(int step);

    /** Episodes that measure the policy, always with the same randomness; empty if there is nothing to measure on. */
    List<Episode> evaluation();

    @Override
    void close();
}
