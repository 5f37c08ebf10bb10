package dev.attune.training.advantage;

/**
 * Turns the rewards of completions into one advantage for each, by comparison with others. All completions of a generation
 * batch are given at once, whatever part of them is trained on later: masking comes after.
 */
public interface AdvantageEstimator {
    /**
     * @throws dev.attune.core.error.BadInputException if a group is too small for this estimator
     */
    Advantages estimate(GroupedRewards rewards);
}
