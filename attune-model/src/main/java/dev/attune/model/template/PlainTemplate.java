package dev.attune.model.template;

import dev.attune.core.text.Message;
import java.util.List;
import java.util.stream.Collectors;

/** The contents of the messages, joined by newlines, for models that know no roles. */
final class PlainTemplate implements ChatTemplate {
    @Override
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        String text = messages.stream().map(Message::content).collect(Collectors.joining("\n"));
        return addGenerationPrompt && !messages.isEmpty() ? text + "\n" : text;
    }
}
