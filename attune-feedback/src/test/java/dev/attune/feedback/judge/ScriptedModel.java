package dev.attune.feedback.judge;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;

/** A model that gives prepared replies of three tokens one after another; without one it gives none. */
final class ScriptedModel implements TextModel {
    /** Instead of a reply: the call fails. */
    static final String FAILS = "(fails)";

    private final Queue<String> replies;
    private final List<Prompt> prompts = new ArrayList<>();

    ScriptedModel(String... replies) {
        this.replies = new ArrayDeque<>(List.of(replies));
    }

    List<Prompt> prompts() {
        return prompts;
    }

    String text(Prompt prompt) {
        return prompt.messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    @Override
    public List<TextCompletion> complete(List<Prompt> asked, SamplingOptions options, long seed) {
        List<TextCompletion> completions = new ArrayList<>();
        for (Prompt prompt : asked) {
            prompts.add(prompt);
            String reply = replies.poll();
            if (FAILS.equals(reply)) {
                throw new RunFailedException("no connection");
            }
            if (reply != null) {
                completions.add(new TextCompletion(reply, 3, Double.NaN, StopReason.END_TOKEN));
            }
        }
        return completions;
    }

    @Override
    public void close() {}
}
