package dev.attune.model.template;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Renders a conversation as the text that a model continues, exactly as transformers does; anything else is an error.
 */
public interface ChatTemplate {
    /** The file of a model directory that holds its template. */
    String FILE = "chat_template.jinja";

    /** The templates that come with Attune. */
    List<String> BUILT_IN = BuiltInTemplates.NAMES;

    /**
     * Renders a conversation.
     *
     * @throws dev.attune.core.error.RefusedConversationException if the template refuses these messages, or uses
     *     something that Attune does not render
     */
    Rendering render(TemplateInput input);

    /** The text of messages without tools or options. */
    default String render(List<Message> messages, boolean addGenerationPrompt) {
        return render(TemplateInput.of(messages, addGenerationPrompt)).text();
    }

    /**
     * A template in Jinja.
     *
     * @param place names it in error messages
     * @param specialTokens {@code bos_token}, {@code eos_token} and so on, by their names in the template
     */
    static ChatTemplate jinja(String place, String source, Map<String, String> specialTokens) {
        return JinjaChatTemplate.of(place, source, specialTokens);
    }

    /**
     * The template that a recipe names.
     *
     * @param name {@code plain}: the contents, joined by newlines; {@code human-assistant}:
     *     {@code \n\nHuman: ...\n\nAssistant: ...}; {@code chatml}: {@code <|im_start|>role\n...<|im_end|>\n};
     *     {@code answer}: only the answer, for reward models that score an answer without its prompt; anything else: a
     *     file with a template in Jinja
     * @param specialTokens as in {@link #jinja}
     */
    static ChatTemplate named(String name, Map<String, String> specialTokens) {
        return jinja(place(name), source(name), specialTokens);
    }

    /**
     * The Jinja source of a template that a recipe names.
     *
     * @param name as in {@link #named}
     */
    static String source(String name) {
        return BUILT_IN.contains(name) ? BuiltInTemplates.source(name) : file(Path.of(name));
    }

    /** How error messages name a template that a recipe names. */
    static String place(String name) {
        return BUILT_IN.contains(name) ? "template " + name : name;
    }

    private static String file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(
                    "template " + file,
                    "no such file",
                    String.join(", ", BUILT_IN) + " or a file with a template in Jinja",
                    "name one of these");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage() + "; check the file", e);
        }
    }
}
