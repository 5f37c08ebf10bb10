package dev.attune.serve.model;

/** A JSON schema that cannot be a constraint. */
public final class UnsupportedSchemaException extends RuntimeException {
    /** @param message the keyword, its place in the schema, and why */
    public UnsupportedSchemaException(String message) {
        super(message);
    }
}
