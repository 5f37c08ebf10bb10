package dev.attune.model.constraint.schema;

/**
 * A schema that generation cannot follow, or that is malformed. The message is one line: the place, the keyword, what is
 * wrong with it, what to do.
 */
public final class UnsupportedSchemaException extends RuntimeException {
    private final String keyword;
    private final String place;

    /**
     * @param keyword as the schema writes it, or "schema" if the schema itself is none
     * @param place the JSON pointer of the keyword in the schema; empty for the schema itself
     * @param reason what is wrong, as in "is not supported"
     * @param remedy what the user can do, as an imperative sentence without its full stop
     */
    public UnsupportedSchemaException(String keyword, String place, String reason, String remedy) {
        super("at '#" + place + "': the keyword '" + keyword + "' " + reason.replaceAll("\\s*[\\r\\n]+\\s*", " ") + "; "
                + remedy);
        this.keyword = keyword;
        this.place = place;
    }

    /** The keyword that is refused. */
    public String keyword() {
        return keyword;
    }

    /** The JSON pointer of the keyword. */
    public String place() {
        return place;
    }
}
