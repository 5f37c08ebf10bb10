package dev.attune.training.launch;

/** What a reward run writes beside its logs. */
public final class RewardJobFiles {
    /** What the reward model is worth on held-out pairs: a {@link dev.attune.training.reward.RewardReport}. */
    public static final String REPORT = "reward-report.json";

    /** Whether it is good enough to optimise against, and why: a {@link dev.attune.training.reward.Gate}. */
    public static final String GATE = "gate.json";

    private RewardJobFiles() {}
}
