package dev.attune.model.template.jinja;

/** A name, key or index without a value: prints as nothing, is false, holds nothing, and can be asked nothing else. */
record Undefined(String what) {
    TemplateError error() {
        return new TemplateError(what + " is undefined");
    }
}
