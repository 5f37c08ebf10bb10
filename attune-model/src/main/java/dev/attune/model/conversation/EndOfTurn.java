package dev.attune.model.conversation;

/**
 * What a template writes around an assistant's turn, found by rendering conversations with known contents.
 *
 * @param lead between the text that begins the turn in a prompt and the answer; usually empty, sometimes a space
 * @param beforeNextUser between an answer and the next user's content; empty if the template refuses another turn
 * @param atEnd after the last answer
 * @param common the text of the tokens that both begin with: the end of a turn, such as {@code <|im_end|>\n}
 */
public record EndOfTurn(String lead, String beforeNextUser, String atEnd, String common) {
    /** For a template that does not write an assistant's turn. */
    static final EndOfTurn NONE = new EndOfTurn("", "", "", "");
}
