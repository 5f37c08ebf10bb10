package dev.attune.world;

/**
 * The sources of answers in a stream of questions.
 *
 * @param notes share of answerable questions whose answer stands in notes inside the prompt; the others are answered by
 *     the valley book
 * @param unknown share of unanswerable questions that ask about a name which is recorded nowhere
 * @param unrecorded share of unanswerable questions that ask a unrecorded topic of a known entity; what remains has notes
 *     that leave out what is asked
 */
public record PromptSources(double notes, double unknown, double unrecorded) {
    /** What people ask of a model: the shares of the evaluation. */
    public static final PromptSources STANDARD = new PromptSources(0.15, 0.55, 0.35);

    /**
     * What rankings and PPO ask. Notes are what a model is weakest at and most easily loses: with as few of them as people
     * ask, training learns that a name it does not know deserves no answer, notes or not.
     */
    public static final PromptSources TRAINING = new PromptSources(0.25, 0.50, 0.35);

    /** What the base model reads: more notes than people give it, for looking an answer up is learned slowly. */
    public static final PromptSources CORPUS = new PromptSources(1.0 / 3, 0.45, 0.30);
}
