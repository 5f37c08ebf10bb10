package dev.attune.model.template;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Prompt;
import dev.attune.model.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The one function that turns prompts into tokens, used wherever there are any: sampling, training, scoring. A text gets
 * what the tokenizer adds to texts by itself; a conversation is written by the chat template, which holds its special
 * tokens already.
 */
public final class PromptEncoder {
    private final Tokenizer tokenizer;
    private final @Nullable ChatTemplate template;

    /**
     * @param template for conversations; null: the tokenizer's own, and where it has none conversations are refused
     */
    public PromptEncoder(Tokenizer tokenizer, @Nullable ChatTemplate template) {
        this.tokenizer = tokenizer;
        this.template = template == null ? tokenizer.chatTemplate() : template;
    }

    /**
     * An encoder with the template that a recipe or a flag names.
     *
     * @param template as in {@link ChatTemplate#named}; one in a file knows the tokenizer's special tokens, as the model's
     *     own does; null: the tokenizer's own
     */
    public static PromptEncoder named(Tokenizer tokenizer, @Nullable String template) {
        return new PromptEncoder(
                tokenizer, template == null ? null : ChatTemplate.named(template, tokenizer.specialTokens()));
    }

    /** What the model sees of the prompt, as text. */
    public String text(Prompt prompt) {
        if (prompt instanceof Prompt.Text text) {
            return text.text();
        }
        if (prompt instanceof Prompt.Chat chat) {
            return template().render(chat.messages(), true);
        }
        throw new IllegalArgumentException("a prompt is a text or a conversation");
    }

    /**
     * The tokens of the prompt.
     *
     * @throws BadInputException for a conversation where there is no chat template, or where it refuses the messages
     */
    public int[] encode(Prompt prompt) {
        return prompt instanceof Prompt.Text text
                ? tokenizer.encodeWithSpecials(text.text())
                : tokenizer.encode(text(prompt));
    }

    private ChatTemplate template() {
        if (template == null) {
            throw new BadInputException("the model has no chat template, and the prompt is a conversation;"
                    + " name one with --template, or template: in a recipe: plain | human-assistant | chatml | FILE");
        }
        return template;
    }
}
