package dev.attune.model.template.jinja;

/** The template itself called {@code raise_exception}: the conversation is not one that it can write. */
final class RefusedByTemplate extends RuntimeException {
    RefusedByTemplate(String message) {
        super(message);
    }
}
