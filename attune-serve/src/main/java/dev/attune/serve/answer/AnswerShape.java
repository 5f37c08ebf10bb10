package dev.attune.serve.answer;

import org.jspecify.annotations.Nullable;

/**
 * What an answer contains beside its text.
 *
 * @param choices number of answers per prompt
 * @param topLogProbs number of alternatives per token; null: no log-probabilities
 * @param tokenIds whether it has token ids
 * @param streamUsage whether a stream ends with the numbers of tokens
 */
public record AnswerShape(int choices, @Nullable Integer topLogProbs, boolean tokenIds, boolean streamUsage) {}
