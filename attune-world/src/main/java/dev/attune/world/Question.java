package dev.attune.world;

/** The information about a prompt that a judge needs. */
public record Question(PromptKind kind, String text, Query query) {}
