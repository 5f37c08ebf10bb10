package dev.attune.model.template.jinja;

/** Thrown if the template calls {@code strftime_now} and no date was given. */
final class DateNeeded extends RuntimeException {
    private static final long serialVersionUID = 1;
}
