package dev.attune.training.batch;

import dev.attune.core.text.Prompt;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Prompts and completions as tokens, in the one way that training, scoring and sampling share: the completion is
 * tokenised by itself behind the prompt and closed by the end token. Over-long sequences lose the beginning of their
 * prompt, then the end of their completion.
 *
 * @param prompts a prompt's tokens, as generation sees them
 * @param maxLength tokens of prompt and completion together
 */
public record ExchangeEncoder(Tokenizer tokenizer, Function<Prompt, int[]> prompts, int maxLength) {
    /** The prompt alone. */
    public int[] prompt(Prompt prompt) {
        return prompts.apply(prompt);
    }

    /** The completion with the end token, where the tokenizer has one. */
    public int[] completion(String text) {
        int[] tokens = tokenizer.encode(text);
        Integer end = tokenizer.eosId();
        if (end == null) {
            return tokens;
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = end;
        return ended;
    }

    /** Prompt and completion, the completion being what is learned. */
    public TokenDocument document(Prompt prompt, String completion) {
        int[] asked = prompt(prompt);
        int[] answered = completion(completion);
        if (answered.length >= maxLength) {
            answered = Arrays.copyOf(answered, maxLength - 1);
        }
        int kept = Math.min(asked.length, maxLength - answered.length);
        return TokenDocument.completion(Arrays.copyOfRange(asked, asked.length - kept, asked.length), answered);
    }
}
