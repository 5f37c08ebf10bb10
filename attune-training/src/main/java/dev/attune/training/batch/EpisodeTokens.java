package dev.attune.training.batch;

import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The tokens of a running episode in an environment: the first state, then actions and states in turn, each tokenised
 * separately. Rollouts, demonstrations and players all use it.
 */
public final class EpisodeTokens {
    private static final int STATE = 0;
    private static final int ACTION = 1;

    private final Tokenizer tokenizer;
    private final int[] prompt;
    private int[] tokens = {};
    private int[] mask = {};

    /** @param prompt the first state, as the policy reads prompts */
    public EpisodeTokens(Tokenizer tokenizer, int[] prompt) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
    }

    /** An action that the policy sampled. */
    public EpisodeTokens action(int[] sampled) {
        return append(sampled, ACTION);
    }

    /** An action as text, for example a demonstrated one. */
    public EpisodeTokens action(String text) {
        return action(tokenizer.encode(text));
    }

    /** The state that the environment returned. */
    public EpisodeTokens state(String text) {
        return append(tokenizer.encode(text), STATE);
    }

    private EpisodeTokens append(int[] added, int writer) {
        int from = tokens.length;
        tokens = joined(tokens, added);
        mask = Arrays.copyOf(mask, tokens.length);
        Arrays.fill(mask, from, mask.length, writer);
        return this;
    }

    public int[] prompt() {
        return prompt;
    }

    /** The number of tokens after the first state. */
    public int length() {
        return tokens.length;
    }

    /** The first {@code length} tokens after the first state. */
    public int[] tokens(int length) {
        return Arrays.copyOf(tokens, length);
    }

    /** For each of them 1 if it belongs to an action, 0 if it is the environment's. */
    public int[] mask(int length) {
        return Arrays.copyOf(mask, length);
    }

    /** All tokens so far, the context of the next action. */
    public int[] context() {
        return joined(prompt, tokens);
    }

    /** A document of all tokens so far; only the actions are learned. */
    public TokenDocument document() {
        return TokenDocument.actions(prompt, tokens, mask);
    }

    static int[] joined(int[] head, int[] tail) {
        int[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
