package dev.attune.world.prompt;

/**
 * The sources of answers in a stream of questions.
 *
 * @param notes share of answerable questions whose answer is in notes inside the prompt; the others are answered by the
 *     valley book
 * @param unknown share of unanswerable questions that ask about a name which is recorded nowhere
 * @param unrecorded share of unanswerable questions that ask about an unrecorded topic of a known entity; the rest has
 *     notes without the requested fact
 */
public record PromptSources(double notes, double unknown, double unrecorded) {
    /** The shares in the evaluation. */
    public static final PromptSources STANDARD = new PromptSources(0.15, 0.55, 0.35);

    /**
     * The shares in rankings and PPO. They have more notes than the evaluation, because models answer from notes worst:
     * with fewer, training teaches them not to answer about any unknown name, with or without notes.
     */
    public static final PromptSources TRAINING = new PromptSources(0.25, 0.50, 0.35);

    /**
     * The shares in pretraining. They have more notes than the evaluation, because looking up an answer is learned
     * slowly.
     */
    public static final PromptSources CORPUS = new PromptSources(1.0 / 3, 0.45, 0.30);
}
