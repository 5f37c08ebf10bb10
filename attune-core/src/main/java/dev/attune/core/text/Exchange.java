package dev.attune.core.text;

/** A prompt with one completion of it: what reward functions and reward models score. */
public record Exchange(Prompt prompt, String completion) {}
