package dev.attune.model.template;

import dev.attune.core.text.Message;
import java.util.List;

/** ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n}. */
final class ChatMlTemplate implements ChatTemplate {
    @Override
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append("<|im_start|>")
                    .append(message.role())
                    .append('\n')
                    .append(message.content())
                    .append("<|im_end|>\n");
        }
        return addGenerationPrompt ? text.append("<|im_start|>assistant\n").toString() : text.toString();
    }
}
