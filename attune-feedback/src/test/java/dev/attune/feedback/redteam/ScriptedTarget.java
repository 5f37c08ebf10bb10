package dev.attune.feedback.redteam;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A test double: answers by a function of the prompt, and keeps what it answered. */
public final class ScriptedTarget implements TextModel {
    /** Instead of an answer: the call fails. */
    public static final String FAILS = "(fails)";

    private final Function<Prompt, String> script;
    private final List<Prompt> answered = new ArrayList<>();

    public ScriptedTarget(Function<Prompt, String> script) {
        this.script = script;
    }

    /** The prompts that were answered, in order. */
    public List<Prompt> answered() {
        return answered;
    }

    /** The last message of a prompt. */
    public static String last(Prompt prompt) {
        return prompt.messages().get(prompt.messages().size() - 1).content();
    }

    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        List<TextCompletion> completions = new ArrayList<>();
        for (Prompt prompt : prompts) {
            String text = script.apply(prompt);
            if (text.equals(FAILS)) {
                throw new RunFailedException("no connection");
            }
            completions.add(new TextCompletion(text, 1, Double.NaN, StopReason.END_TOKEN));
        }
        answered.addAll(prompts);
        return completions;
    }

    @Override
    public void close() {}
}
