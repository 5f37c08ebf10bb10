package dev.attune.model.template;

import dev.attune.core.text.Message;
import java.util.List;

/** Nothing of the conversation: a reward model then judges the answer by itself. */
final class AnswerTemplate implements ChatTemplate {
    @Override
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        return "";
    }
}
