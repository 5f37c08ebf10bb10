package dev.attune.model.template.jinja;

/**
 * What the filter {@code safe} returns. It prints as its text and can be joined by {@code ~}; every other use is refused,
 * because jinja2 would escape what it is combined with.
 */
record SafeText(String text) {}
