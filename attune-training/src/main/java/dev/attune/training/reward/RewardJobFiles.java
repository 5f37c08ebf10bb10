package dev.attune.training.reward;

/** The report files of a reward run. */
public final class RewardJobFiles {
    /** The quality of the reward model on held-out pairs: a {@link dev.attune.training.reward.RewardReport}. */
    public static final String REPORT = "reward-report.json";

    /** Whether it is good enough to optimise against, and why: a {@link dev.attune.training.reward.Gate}. */
    public static final String GATE = "gate.json";

    private RewardJobFiles() {}
}
