package dev.attune.training.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * DAPO's dynamic sampling (arXiv 2503.14476, section 3.2): groups whose completions all have the same reward carry no signal and
 * are replaced by groups of further prompts, until the batch is full or the budget is spent. The decision is by exact
 * equality of the task's rewards, before any shaping such as a length penalty: shaped rewards of equally wrong completions
 * differ, and would teach only length.
 *
 * @param <G> a group of completions
 */
public final class DynamicSampling<G> {
    private final int wanted;
    private final int budget;
    private final List<G> kept = new ArrayList<>();
    private int rounds;
    private int dropped;
    private int surplus;

    /**
     * @param wanted groups in a full batch, at least 1
     * @param budget the most rounds of sampling for one batch, at least 1
     */
    public DynamicSampling(int wanted, int budget) {
        if (wanted < 1 || budget < 1) {
            throw new IllegalArgumentException(wanted + " groups in " + budget + " rounds");
        }
        this.wanted = wanted;
        this.budget = budget;
    }

    /** Whether rewards of a group differ; missing ones (NaN) do not count. */
    public static boolean hasSignal(double... taskRewards) {
        return Sample.of(taskRewards).differs();
    }

    /**
     * The expected share of groups without a signal if each completion is right with probability p, independently:
     * p^G + (1 - p)^G. Small groups with rare rewards teach little: at p = 0.18 it is 0.70 for 2 completions and 0.20 for 8.
     */
    public static double expectedShareWithoutSignal(double probability, int completions) {
        return Math.pow(probability, completions) + Math.pow(1 - probability, completions);
    }

    /** A group with the task's rewards of its completions. */
    public record Candidate<G>(G group, double[] taskRewards) {}

    /** Takes the groups of one round in order; those beyond a full batch are left out. */
    public void offer(List<Candidate<G>> round) {
        if (!wantsMore()) {
            throw new IllegalStateException("the batch is full or its budget is spent");
        }
        rounds++;
        for (Candidate<G> candidate : round) {
            if (!hasSignal(candidate.taskRewards)) {
                dropped++;
            } else if (kept.size() == wanted) {
                surplus++;
            } else {
                kept.add(candidate.group);
            }
        }
    }

    /** Whether another round is needed and allowed. */
    public boolean wantsMore() {
        return kept.size() < wanted && rounds < budget;
    }

    /** How many groups the batch still lacks. */
    public int lacking() {
        return wanted - kept.size();
    }

    /** The groups with a signal, at most as many as a full batch has. */
    public List<G> kept() {
        return List.copyOf(kept);
    }

    /** Rounds of sampling so far. */
    public int rounds() {
        return rounds;
    }

    /** Groups without a signal so far. */
    public int dropped() {
        return dropped;
    }

    /** Groups with a signal that the full batch had no place for. */
    public int surplus() {
        return surplus;
    }

    /** What happened, for the log. */
    public String summary() {
        String missing = lacking() == 0 ? "" : ", " + lacking() + " fewer than a batch: the budget is spent";
        return kept.size() + " groups with a signal in " + rounds + " rounds, " + dropped + " without" + missing;
    }
}
