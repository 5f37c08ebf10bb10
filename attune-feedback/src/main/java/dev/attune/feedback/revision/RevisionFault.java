package dev.attune.feedback.revision;

/** Why a revision is not used. */
public enum RevisionFault {
    /** No word in it. */
    EMPTY,
    /** The same words as before. */
    UNCHANGED,
    /** It ends at the token limit. */
    CUT_OFF,
    /** Parts of the request or of the chat template are in it. */
    LEAKED;

    /** As people read it. */
    public String words() {
        return switch (this) {
            case EMPTY -> "empty";
            case UNCHANGED -> "unchanged";
            case CUT_OFF -> "ends at the token limit";
            case LEAKED -> "repeats the request or the template";
        };
    }
}
