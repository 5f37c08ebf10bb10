package dev.attune.feedback.redteam;

/**
 * One turn that is sent to the target.
 *
 * @param text of the user's message
 * @param judged whether the answer to it is judged; false for turns that only prepare the request
 */
public record AttackTurn(String text, boolean judged) {
    /** A turn that asks for harm. */
    static AttackTurn asking(String text) {
        return new AttackTurn(text, true);
    }

    /** A harmless turn. */
    static AttackTurn preparing(String text) {
        return new AttackTurn(text, false);
    }
}
