package dev.attune.model.template.jinja;

/**
 * The value of an undefined name, key or index: it prints as nothing, is false and empty, and supports no other
 * operation.
 */
record Undefined(String what) {
    TemplateError error() {
        return new TemplateError(what + " is undefined");
    }
}
