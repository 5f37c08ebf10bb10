package dev.attune.model.conversation;

/** Notes for users on how the learned tokens of conversations were determined. */
final class LossNotes {
    static final String LAST_BY_PREFIX = "loss on the last assistant turn: the conversation's tokens behind its prompt";

    static final String LAST_BEHIND_PROMPT =
            "loss on the last assistant turn: some conversations are rendered otherwise than"
                    + " their prompt; there the prompt as generation sees it is followed by the answer and its end";

    static final String ALL_BY_MARKS = "loss on all assistant turns: by the template's generation marks";

    static final String ALL_BY_PREFIXES = "loss on all assistant turns: found by rendering the messages before each";

    static final String EVERY_TOKEN = "loss on every token of a conversation, those of the system and the user too";

    private LossNotes() {}
}
