package dev.attune.model.template.jinja;

/** Thrown for a template that cannot be parsed or rendered; {@link JinjaTemplate} adds the template's name. */
final class TemplateError extends RuntimeException {
    TemplateError(String message) {
        super(message);
    }

    /** The error for a feature that this package does not support. */
    static TemplateError unsupported(String what) {
        return new TemplateError(what + " is not supported");
    }
}
