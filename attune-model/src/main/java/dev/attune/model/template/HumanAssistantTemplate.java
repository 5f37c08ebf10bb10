package dev.attune.model.template;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import java.util.List;

/** The form of hh-rlhf's dialogues: {@code \n\nHuman: question\n\nAssistant: answer}. A system message stands first, bare. */
final class HumanAssistantTemplate implements ChatTemplate {
    @Override
    public String render(List<Message> messages, boolean addGenerationPrompt) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append(
                    switch (message.role()) {
                        case "user" -> "\n\nHuman: ";
                        case "assistant" -> "\n\nAssistant: ";
                        case "system" -> "";
                        default ->
                            throw BadInputException.at(
                                    "template human-assistant",
                                    "the role '" + message.role() + "'",
                                    "system, user or assistant",
                                    "use another template");
                    });
            text.append(message.content());
        }
        return addGenerationPrompt ? text.append("\n\nAssistant:").toString() : text.toString();
    }
}
