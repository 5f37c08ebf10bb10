package dev.attune.feedback.store;

/** What labelers are told, in Markdown. Versions count from 1. */
public record Guideline(int version, String text) {}
