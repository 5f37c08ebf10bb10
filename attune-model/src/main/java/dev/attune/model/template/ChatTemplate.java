package dev.attune.model.template;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a conversation as the text that a model continues: exactly as it was trained to read it, or not at all. */
public interface ChatTemplate {
    /**
     * The text of a conversation.
     *
     * @param messages the turns so far
     * @param addGenerationPrompt whether the text ends with what begins the assistant's turn
     * @throws BadInputException where the template refuses these messages, or uses something that Attune does not render
     */
    String render(List<Message> messages, boolean addGenerationPrompt);

    /**
     * A template in Jinja.
     *
     * @param place names it in complaints
     * @param specialTokens {@code bos_token}, {@code eos_token} and so on, as they are known to the template
     */
    static ChatTemplate jinja(String place, String source, Map<String, String> specialTokens) {
        return JinjaChatTemplate.of(place, source, specialTokens);
    }

    /**
     * The template that a recipe names.
     *
     * @param name {@code plain}: the contents, joined by newlines; {@code human-assistant}: {@code \n\nHuman: ...\n\nAssistant:
     *     ...}; {@code chatml}: {@code <|im_start|>role\n...<|im_end|>\n}; {@code answer}: nothing, for reward models
     *     that judge an answer by itself; anything else: a file with a template in Jinja
     * @param specialTokens as in {@link #jinja}, for a file
     */
    static ChatTemplate named(String name, Map<String, String> specialTokens) {
        return switch (name) {
            case "plain" -> new PlainTemplate();
            case "human-assistant" -> new HumanAssistantTemplate();
            case "chatml" -> new ChatMlTemplate();
            case "answer" -> new AnswerTemplate();
            default -> file(Path.of(name), specialTokens);
        };
    }

    private static ChatTemplate file(Path file, Map<String, String> specialTokens) {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(
                    "template " + file,
                    "no such file",
                    "plain, human-assistant, chatml, answer or a file with a template in Jinja",
                    "name one of these");
        }
        try {
            return jinja(file.toString(), Files.readString(file), specialTokens);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage() + "; check the file", e);
        }
    }
}
