package dev.attune.serve.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt of a completion.
 *
 * @param ids its tokens
 * @param echo the text with which answers begin; null: none
 */
public record EchoPrompt(List<Integer> ids, @Nullable String echo) {}
