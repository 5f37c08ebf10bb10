package dev.attune.feedback.judge;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Map;

/** Gives the probability of each label as the verdict of a prompt. */
public interface LabelModel {
    /**
     * The probabilities of labels.
     *
     * @param verdict by label, each in [0, 1] with sum 1; unscored if no label can be found. Its reply tells where they come
     *     from.
     * @param tokens generated for it
     */
    record Shares(Verdict<Map<String, Double>> verdict, int tokens) {}

    /**
     * Asks for the verdict of a prompt.
     *
     * @param menu its labels
     * @param sample number of this vote, from 0
     */
    Shares shares(Prompt prompt, Menu<?> menu, int sample);

    /** The same for several prompts, in order. */
    default List<Shares> sharesOfAll(List<Prompt> prompts, Menu<?> menu, int sample) {
        return prompts.stream().map(prompt -> shares(prompt, menu, sample)).toList();
    }

    /** Whether {@link #sharesOfAll} takes less time than asking one by one. */
    default boolean batches() {
        return false;
    }
}
