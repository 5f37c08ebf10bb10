package dev.attune.model.template.jinja;

/** A template that cannot be read or rendered; {@link JinjaTemplate} adds where it came from. */
final class TemplateError extends RuntimeException {
    TemplateError(String message) {
        super(message);
    }

    /** Something that jinja2 may know and this package does not. */
    static TemplateError unsupported(String what) {
        return new TemplateError(what + " is not supported");
    }
}
