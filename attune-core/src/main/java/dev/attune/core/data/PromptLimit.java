package dev.attune.core.data;

import dev.attune.core.text.Prompt;
import java.util.function.ToIntFunction;

/**
 * The longest prompt that is used.
 *
 * @param maxTokens inclusive
 * @param tokens counts a prompt's tokens
 */
public record PromptLimit(int maxTokens, ToIntFunction<Prompt> tokens) {}
