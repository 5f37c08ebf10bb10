package dev.attune.feedback.revision;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A test double: answers by a function of the prompt and keeps what it was asked. */
final class ScriptedModel implements TextModel {
    final List<Prompt> asked = new ArrayList<>();
    final List<Long> seeds = new ArrayList<>();
    private final Function<Prompt, String> script;

    ScriptedModel(Function<Prompt, String> script) {
        this.script = script;
    }

    /** The last message of a prompt. */
    static String last(Prompt prompt) {
        return prompt.messages().get(prompt.messages().size() - 1).content();
    }

    /** An answer that ends with {@code ...} is cut off at the limit. */
    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        asked.addAll(prompts);
        seeds.add(seed);
        return prompts.stream()
                .map(script)
                .map(text -> new TextCompletion(
                        text, 1, -1, text.endsWith("...") ? StopReason.LENGTH : StopReason.END_TOKEN))
                .toList();
    }

    @Override
    public void close() {}
}
