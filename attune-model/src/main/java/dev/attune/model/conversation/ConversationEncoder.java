package dev.attune.model.conversation;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tokenizer.TokenizedText;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes prompts, answers and conversations as tokens, for training, scoring and generation alike. A conversation is
 * rendered by the chat template and encoded as transformers' {@code apply_chat_template} does, without further special
 * tokens; plain text gets what the tokenizer itself adds. Not thread-safe.
 */
public final class ConversationEncoder {
    private final Tokenizer tokenizer;
    private final @Nullable ConversationRenderer renderer;
    private final Set<String> notes = new LinkedHashSet<>();
    private @Nullable EndOfTurn endOfTurn;
    private boolean used;

    private ConversationEncoder(Tokenizer tokenizer, @Nullable ConversationRenderer renderer) {
        this.tokenizer = tokenizer;
        this.renderer = renderer;
    }

    /** An encoder with the tokenizer's own template, or the one that the options name. */
    public static ConversationEncoder of(Tokenizer tokenizer, ConversationOptions options) {
        String name = options.template();
        return of(tokenizer, name == null ? tokenizer.chatTemplate() : FittedTemplate.named(name, tokenizer), options);
    }

    /** An encoder with the tokenizer's own template and no options. */
    public static ConversationEncoder of(Tokenizer tokenizer) {
        return of(tokenizer, ConversationOptions.DEFAULT);
    }

    /**
     * An encoder with a given template.
     *
     * @param template null: conversations are refused
     * @param options their template name is ignored
     */
    public static ConversationEncoder of(
            Tokenizer tokenizer, @Nullable ChatTemplate template, ConversationOptions options) {
        ControlWords words = new ControlWords(tokenizer.controlTokens().keySet());
        return new ConversationEncoder(
                tokenizer, template == null ? null : new ConversationRenderer(template, options, words));
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Whether the encoder has a chat template. */
    public boolean hasTemplate() {
        return renderer != null;
    }

    /** A prompt as the text that the model reads. */
    public String text(Prompt prompt) {
        return prompt instanceof Prompt.Text text
                ? text.text()
                : renderer().render(Conversation.of((Prompt.Chat) prompt), true).text();
    }

    /** A whole conversation as text, as {@code apply_chat_template(tokenize=False)} gives it. */
    public String text(Conversation conversation) {
        return renderer().render(conversation, false).text();
    }

    /**
     * The tokens of a prompt, as generation sees them.
     *
     * @throws BadInputException for a conversation without a template, or one that the template refuses
     */
    public int[] prompt(Prompt prompt) {
        if (prompt instanceof Prompt.Text text) {
            return tokenizer.encodeWithSpecials(text.text());
        }
        return renderer()
                .render(Conversation.of((Prompt.Chat) prompt), true)
                .tokens(tokenizer)
                .ids();
    }

    /** The tokens of a whole conversation, as {@code apply_chat_template} gives them. */
    public int[] conversation(Conversation conversation) {
        return renderer().render(conversation, false).tokens(tokenizer).ids();
    }

    /**
     * A prompt with an answer, as a reward model reads it: a conversation is rendered with the end of the assistant's
     * turn, plain text is followed by the EOS token.
     */
    public EncodedConversation scoring(PromptCompletion sample) {
        return scoring(sample.prompt(), Message.assistant(sample.completion()));
    }

    /** As {@link #scoring(PromptCompletion)}, with an answer that may have further fields. */
    public EncodedConversation scoring(Prompt prompt, Message answer) {
        if (prompt instanceof Prompt.Text text) {
            return continued(text, answer.content());
        }
        Conversation asked = Conversation.of((Prompt.Chat) prompt);
        RenderedConversation whole = renderer().render(asked.with(answer), false);
        TokenizedText tokens = whole.tokens(tokenizer);
        return EncodedConversation.from(tokens.ids(), completionStart(asked, whole, tokens), ending(tokens.ids()));
    }

    /**
     * A prompt with an answer as a training example.
     *
     * @param lossOn for plain text {@link LossOn#ALL} means the answer only
     */
    public EncodedConversation training(Prompt prompt, Message answer, LossOn lossOn) {
        if (prompt instanceof Prompt.Text text) {
            EncodedConversation encoded = continued(text, answer.content());
            return lossOn == LossOn.EVERY_TOKEN
                    ? new EncodedConversation(
                            encoded.ids(), ones(encoded.length()), encoded.completionStart(), encoded.ending())
                    : encoded;
        }
        return training(Conversation.of((Prompt.Chat) prompt).with(answer), lossOn);
    }

    /**
     * A conversation as a training example. Its last message is the assistant's.
     *
     * @throws RefusedConversationException if the template refuses it, if the tokens of a turn cannot be determined, or
     *     if no token would be learned
     */
    public EncodedConversation training(Conversation conversation, LossOn lossOn) {
        if (!conversation.endsWithAssistant()) {
            throw new RefusedConversationException(
                    "conversation", "its last message is not the assistant's", "end it with an answer");
        }
        EncodedConversation encoded =
                switch (lossOn) {
                    case LAST -> last(conversation);
                    case ALL -> masked(conversation, true);
                    case EVERY_TOKEN -> masked(conversation, false);
                };
        if (encoded.learnedTokens() == 0) {
            throw new RefusedConversationException(
                    "conversation", "no token of it is learned: its messages have weight 0", "give one another weight");
        }
        return encoded;
    }

    private EncodedConversation last(Conversation conversation) {
        int answer = conversation.messages().size() - 1;
        Conversation asked = conversation.first(answer);
        if (!conversation.messages().get(answer).learned()) {
            throw new RefusedConversationException(
                    "conversation", "its last message has weight 0", "set loss_on: all or give it another weight");
        }
        RenderedConversation whole = renderer().render(conversation, false);
        TokenizedText tokens = whole.tokens(tokenizer);
        if (answer == 0) {
            return EncodedConversation.from(tokens.ids(), 0, ending(tokens.ids()));
        }
        RenderedConversation prompt = renderer().render(asked, true);
        int[] promptIds = prompt.tokens(tokenizer).ids();
        if (whole.beginsWith(tokens, prompt, promptIds)) {
            notes.add(LossNotes.LAST_BY_PREFIX);
            return EncodedConversation.from(tokens.ids(), promptIds.length, ending(tokens.ids()));
        }
        notes.add(LossNotes.LAST_BEHIND_PROMPT);
        int[] continued = continuation(prompt, promptIds, whole, answerPlace(conversation, whole));
        return EncodedConversation.completion(promptIds, continued, ending(continued));
    }

    private int[] continuation(
            RenderedConversation prompt, int[] promptIds, RenderedConversation whole, int answerPlace) {
        int start = Continuation.start(prompt.text(), whole.text().substring(0, answerPlace));
        if (start < 0) {
            throw new RefusedConversationException(
                    "conversation",
                    "the template writes the answer without the text that begins it in a prompt",
                    "use another template");
        }
        RenderedConversation behind = whole.from(start);
        TokenizedText joined = prompt.followedBy(behind).tokens(tokenizer);
        return joined.startsWith(promptIds)
                ? Arrays.copyOfRange(joined.ids(), promptIds.length, joined.length())
                : behind.tokens(tokenizer).ids();
    }

    /** The index of the last answer's content in the rendered text; the text's length if it cannot be determined. */
    private int answerPlace(Conversation conversation, RenderedConversation whole) {
        Message answer = conversation.messages().get(conversation.messages().size() - 1);
        return AnswerPlace.find(renderer(), conversation, whole.text(), answer);
    }

    private int completionStart(Conversation asked, RenderedConversation whole, TokenizedText tokens) {
        if (asked.messages().isEmpty()) {
            return 0;
        }
        RenderedConversation prompt = renderer().render(asked, true);
        int[] promptIds = prompt.tokens(tokenizer).ids();
        if (whole.beginsWith(tokens, prompt, promptIds)) {
            return promptIds.length;
        }
        int start = Continuation.start(prompt.text(), whole.text());
        return start < 0 ? 0 : tokens.firstEndingAfter(start);
    }

    private EncodedConversation masked(Conversation conversation, boolean assistantOnly) {
        RenderedConversation whole = renderer().render(conversation, false);
        TokenizedText tokens = whole.tokens(tokenizer);
        TurnMasks masks = new TurnMasks(renderer(), tokenizer, conversation, whole, tokens);
        boolean marked = assistantOnly && !whole.generated().isEmpty();
        notes.add(marked ? LossNotes.ALL_BY_MARKS : assistantOnly ? LossNotes.ALL_BY_PREFIXES : LossNotes.EVERY_TOKEN);
        int[] learned = marked
                ? masks.marked(whole.generated())
                : assistantOnly ? masks.assistantTurns() : masks.allButUnlearned();
        Conversation asked = conversation.first(conversation.messages().size() - 1);
        return new EncodedConversation(
                tokens.ids(), learned, completionStart(asked, whole, tokens), ending(tokens.ids()));
    }

    private EncodedConversation continued(Prompt.Text prompt, String completion) {
        int[] tokens = tokenizer.encode(completion);
        Integer end = tokenizer.eosId();
        if (end != null) {
            tokens = Arrays.copyOf(tokens, tokens.length + 1);
            tokens[tokens.length - 1] = end;
        }
        return EncodedConversation.completion(prompt(prompt), tokens, end == null ? 0 : 1);
    }

    /** How many of the last tokens are those that the template writes after an answer. */
    private int ending(int... ids) {
        int[] end = tokenizer.encode(endOfTurn().atEnd());
        boolean there =
                end.length <= ids.length && Arrays.equals(ids, ids.length - end.length, ids.length, end, 0, end.length);
        return there ? end.length : 0;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** What the template writes around an assistant's turn. */
    public EndOfTurn endOfTurn() {
        if (endOfTurn == null) {
            endOfTurn = renderer == null ? EndOfTurn.NONE : new EndOfTurnFinder(renderer, tokenizer).find();
        }
        return endOfTurn;
    }

    /**
     * The tokens after which generation stops and an answer counts as ended: the first special token that the template
     * writes after an answer, and the end tokens of the tokenizer and of generation_config.json.
     */
    public Set<Integer> endTokens() {
        Set<Integer> ends = new LinkedHashSet<>(tokenizer.eosIds());
        EndOfTurn end = endOfTurn();
        for (int id : tokenizer.encode(end.common().isEmpty() ? end.atEnd() : end.common())) {
            if (tokenizer.isAdded(id)) {
                ends.add(id);
                break;
            }
        }
        return ends;
    }

    /**
     * A sampled answer without the white space that the template writes before an answer's content.
     *
     * @param prompt the prompt of the answer
     * @param sampled the decoded text
     */
    public String content(Prompt prompt, String sampled) {
        String lead = prompt instanceof Prompt.Chat ? endOfTurn().lead() : "";
        return !lead.isEmpty() && lead.isBlank() && sampled.startsWith(lead)
                ? sampled.substring(lead.length())
                : sampled;
    }

    /**
     * Notes for users on how conversations were encoded so far, one sentence each; empty if there were none.
     */
    public List<String> notes() {
        Set<String> all = new LinkedHashSet<>();
        if (renderer != null && used) {
            all.addAll(new TemplateTokenCheck(renderer, this).notes());
        }
        all.addAll(notes);
        return List.copyOf(all);
    }

    private ConversationRenderer renderer() {
        if (renderer == null) {
            throw new BadInputException("the model has no chat template, and the prompt is a conversation;"
                    + " name one with --template, or template: in a recipe: plain | human-assistant | chatml | FILE");
        }
        used = true;
        return renderer;
    }
}
