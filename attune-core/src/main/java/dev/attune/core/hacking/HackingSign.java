package dev.attune.core.hacking;

/**
 * One figure of a run with its verdict.
 *
 * @param name of the score, or of the topic
 */
public record HackingSign(Topic topic, String name, Verdict verdict, String why) {
    /** The kind of figure. */
    public enum Topic {
        SCORE,
        LENGTH,
        REPETITION,
        ENTROPY,
        KL,
        END_TOKENS
    }
}
