package dev.attune.model.template.jinja;

/** The template asks for the date, and none was given. */
final class DateNeeded extends RuntimeException {
    private static final long serialVersionUID = 1;
}
