package dev.attune.core.hacking;

/**
 * One figure of a run, judged.
 *
 * @param name of the score, or of the topic
 */
public record HackingSign(Topic topic, String name, Verdict verdict, String why) {
    /** What a finding is about. */
    public enum Topic {
        SCORE,
        LENGTH,
        REPETITION,
        ENTROPY,
        KL,
        END_TOKENS
    }
}
