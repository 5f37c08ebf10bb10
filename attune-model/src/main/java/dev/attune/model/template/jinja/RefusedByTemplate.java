package dev.attune.model.template.jinja;

/** Thrown if the template calls {@code raise_exception}: it does not support the conversation. */
final class RefusedByTemplate extends RuntimeException {
    RefusedByTemplate(String message) {
        super(message);
    }
}
