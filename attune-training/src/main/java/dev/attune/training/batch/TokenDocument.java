package dev.attune.training.batch;

import dev.attune.model.conversation.EncodedConversation;
import java.util.Arrays;

/**
 * One sequence of tokens with the index at which its targets start.
 *
 * @param tokens including the end token if the text ended
 * @param learnFrom the first token that is a target: 0 for complete documents (their first token is never a target),
 *     the prompt's length for completions
 * @param mask for each token 1 if it may be a target, 0 if not, as for tokens of an environment
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenDocument(int[] tokens, int learnFrom, int[] mask) {
    public TokenDocument {
        if (mask.length != tokens.length) {
            throw new IllegalArgumentException(mask.length + " mask entries for " + tokens.length + " tokens");
        }
        if (learnFrom < 0 || learnFrom > tokens.length) {
            throw new IllegalArgumentException("learning from " + learnFrom + " of " + tokens.length + " tokens");
        }
    }

    /** A document whose tokens are all learned from {@code learnFrom} on. */
    public TokenDocument(int[] tokens, int learnFrom) {
        this(tokens, learnFrom, ones(tokens.length));
    }

    /** A document whose tokens are all learned. */
    public static TokenDocument whole(int... tokens) {
        return new TokenDocument(tokens, 0);
    }

    /** A conversation; only the marked tokens are learned. */
    public static TokenDocument of(EncodedConversation conversation) {
        int first = 0;
        while (first < conversation.length() && conversation.learned()[first] == 0) {
            first++;
        }
        return new TokenDocument(conversation.ids(), first, conversation.learned());
    }

    /** A prompt with its completion; only the completion is learned. */
    public static TokenDocument completion(int[] prompt, int[] completion) {
        return new TokenDocument(EpisodeTokens.joined(prompt, completion), prompt.length);
    }

    /** A prompt with the tokens after it; only those with mask 1 are learned. */
    public static TokenDocument actions(int[] prompt, int[] tokens, int[] mask) {
        return new TokenDocument(
                EpisodeTokens.joined(prompt, tokens),
                prompt.length,
                EpisodeTokens.joined(new int[prompt.length], mask));
    }

    public int length() {
        return tokens.length;
    }

    /** The first position that is a target: never the first token. */
    public int firstTarget() {
        return Math.max(1, learnFrom);
    }

    /** Whether the token at a position is learned. */
    public boolean isTarget(int position) {
        return position >= firstTarget() && mask[position] == 1;
    }

    /** The number of targets. */
    public int targets() {
        int targets = 0;
        for (int position = firstTarget(); position < tokens.length; position++) {
            targets += isTarget(position) ? 1 : 0;
        }
        return targets;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The tokens from {@code from} to before {@code to}, or to the end if that comes first. */
    TokenDocument slice(int from, int to, int newLearnFrom) {
        int end = Math.min(to, tokens.length);
        return new TokenDocument(
                Arrays.copyOfRange(tokens, from, end), newLearnFrom, Arrays.copyOfRange(mask, from, end));
    }
}
