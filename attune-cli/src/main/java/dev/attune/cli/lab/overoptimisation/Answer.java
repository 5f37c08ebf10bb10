package dev.attune.cli.lab.overoptimisation;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;

/**
 * A sampled completion with its gold score.
 *
 * @param prompt the user's question
 * @param gold 1 if the completion is good by the facts of the world, else 0
 */
public record Answer(String prompt, String completion, double gold) {
    /** The completion as reward models see it. */
    public PromptCompletion sample() {
        return new PromptCompletion(Prompt.chat(Message.user(prompt)), completion);
    }
}
