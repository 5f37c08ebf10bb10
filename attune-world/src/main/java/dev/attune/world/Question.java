package dev.attune.world;

/** What a judge has to know of a prompt. */
public record Question(PromptKind kind, String text, Query query) {}
