package dev.attune.core.error;

/** A conversation that its chat template refuses or cannot render. In a dataset it is a fault of that row. */
public final class RefusedConversationException extends BadInputException {
    private final String reason;

    /**
     * @param place the template
     * @param reason why, in the words of the template or the renderer
     * @param remedy what the user can do
     */
    public RefusedConversationException(String place, String reason, String remedy) {
        super(place + ": " + reason + "; " + remedy);
        this.reason = place + ": " + reason;
    }

    public RefusedConversationException(String place, String reason, String remedy, Throwable cause) {
        super(place + ": " + reason + "; " + remedy, cause);
        this.reason = place + ": " + reason;
    }

    /** The template and why it refuses, without the advice. */
    public String reason() {
        return reason.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
