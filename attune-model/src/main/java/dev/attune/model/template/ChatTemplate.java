package dev.attune.model.template;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a conversation as the text that a model continues: exactly as it was trained to read it, or not at all. */
public interface ChatTemplate {
    /** The file of a model directory that holds its template. */
    String FILE = "chat_template.jinja";

    /** The templates that come with Attune. */
    List<String> BUILT_IN = List.of("plain", "human-assistant", "chatml", "answer");

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
        return jinja(BUILT_IN.contains(name) ? "template " + name : name, source(name), specialTokens);
    }

    /**
     * The Jinja of a template that a recipe names: what a model directory holds as {@link #FILE}.
     *
     * @param name as in {@link #named}
     */
    static String source(String name) {
        return BUILT_IN.contains(name) ? builtIn(name) : file(Path.of(name));
    }

    private static String builtIn(String name) {
        String resource = name + ".jinja";
        try (InputStream in = ChatTemplate.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
