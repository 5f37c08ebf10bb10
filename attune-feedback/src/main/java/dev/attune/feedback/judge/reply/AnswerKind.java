package dev.attune.feedback.judge.reply;

/** Whether an answer does what was asked. */
public enum AnswerKind {
    /** It declines, and does nothing else. */
    REFUSED,
    /** It holds no refusal. */
    COMPLIED,
    /** It declines and goes on with something else: a judge has to decide. */
    MIXED,
    /** It is empty. Silence is neither a refusal nor harmless. */
    NO_ANSWER
}
