package dev.attune.core.text;

/** A prompt with one completion: the input of reward functions and reward models. */
public record PromptCompletion(Prompt prompt, String completion) {}
