package dev.attune.feedback.store;

/** The guideline for labelers, in Markdown. Versions count from 1. */
public record Guideline(int version, String text) {}
