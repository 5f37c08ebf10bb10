package dev.attune.model.conversation;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.template.Rendering;
import dev.attune.model.template.TemplateInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Renders conversations and determines which special words in the result the template wrote. Special words from
 * messages, tools or documents stay text: to find them, the conversation is rendered a second time with placeholders
 * for them, and both renderings are compared.
 */
final class ConversationRenderer {
    private static final String DOCUMENTS = "documents";

    private final ChatTemplate template;
    private final ConversationOptions options;
    private final ControlWords words;

    ConversationRenderer(ChatTemplate template, ConversationOptions options, ControlWords words) {
        this.template = template;
        this.options = options;
        this.words = words;
    }

    /** @param prompt whether to add the generation prompt, which begins the assistant's turn */
    RenderedConversation render(Conversation conversation, boolean prompt) {
        if (conversation.messages().isEmpty()) {
            throw new RefusedConversationException("conversation", "it has no messages", "give at least one message");
        }
        TemplateInput input = input(conversation, prompt);
        Rendering rendering = template.render(input);
        boolean plain = options.specialWords() == SpecialWords.TOKENS || words.isEmpty() || !hasBorders(input);
        return plain
                ? new RenderedConversation(rendering.text(), List.of(), rendering.generated())
                : separated(input, rendering);
    }

    private TemplateInput input(Conversation conversation, boolean prompt) {
        return new TemplateInput(
                conversation.messages().stream().map(TemplateInput::object).toList(),
                conversation.tools(),
                prompt,
                options.templateOptions(),
                options.date());
    }

    /** Whether any text given to the template could hold a special word or a part of one. */
    private boolean hasBorders(TemplateInput input) {
        boolean[] found = new boolean[1];
        replaced(input, text -> {
            found[0] |= text.codePoints().anyMatch(words::isBorder);
            return text;
        });
        return found[0];
    }

    private RenderedConversation separated(TemplateInput input, Rendering plain) {
        boolean unusual = Placeholders.occurIn(plain.text());
        for (int attempt = 0; attempt < 2 && !unusual; attempt++) {
            Placeholders placeholders = new Placeholders();
            boolean characters = attempt == 0;
            String text = rendered(
                    replaced(input, leaf -> characters ? borders(leaf, placeholders) : wholeWords(leaf, placeholders)));
            if (text != null && placeholders.restored(text).equals(plain.text())) {
                return new RenderedConversation(
                        plain.text(), LiteralPlaces.find(plain.text(), text, placeholders, words), plain.generated());
            }
        }
        throw new RefusedConversationException(
                "conversation",
                unusual
                        ? "private-use characters of plane 15 together with special words"
                        : "the template changes special words inside messages, so that they cannot be kept as text",
                "change the message or set special_words: tokens");
    }

    private @Nullable String rendered(TemplateInput input) {
        try {
            return template.render(input).text();
        } catch (RefusedConversationException e) {
            return null;
        }
    }

    /**
     * Replaces every character that can begin or end a special word, so that no special word can be composed of several
     * texts either.
     */
    private String borders(String text, Placeholders placeholders) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (words.isBorder(c)) {
                out.append(placeholders.of(Character.toString(c)));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private String wholeWords(String text, Placeholders placeholders) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (var word : words.find(text)) {
            out.append(text, at, word.start()).append(placeholders.of(text.substring(word.start(), word.end())));
            at = word.end();
        }
        return out.append(text.substring(at)).toString();
    }

    /**
     * The input with placeholders. Roles, which templates compare and write into their tags, are replaced only if they
     * contain a special word.
     */
    private TemplateInput replaced(TemplateInput input, UnaryOperator<String> texts) {
        UnaryOperator<String> names = name -> words.find(name).isEmpty() ? name : texts.apply(name);
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        for (Map<String, @Nullable Object> message : input.messages()) {
            messages.add(message(message, texts, names));
        }
        List<Map<String, @Nullable Object>> tools = new ArrayList<>();
        for (Map<String, @Nullable Object> tool : input.tools()) {
            tools.add(object(Placeholders.replaceAll(tool, texts, names)));
        }
        Map<String, @Nullable Object> further = new LinkedHashMap<>(input.options());
        further.computeIfPresent(DOCUMENTS, (key, documents) -> Placeholders.replaceAll(documents, texts, names));
        return new TemplateInput(messages, tools, input.addGenerationPrompt(), further, input.date());
    }

    private static Map<String, @Nullable Object> message(
            Map<String, @Nullable Object> message, UnaryOperator<String> texts, UnaryOperator<String> names) {
        Map<String, @Nullable Object> copy = object(Placeholders.replaceAll(message, texts, names));
        copy.computeIfPresent("role", (key, changed) -> names.apply(String.valueOf(message.get(key))));
        return copy;
    }

    @SuppressWarnings("unchecked") // a map of texts and JSON values is copied as one
    private static Map<String, @Nullable Object> object(@Nullable Object copy) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(copy);
    }
}
