package dev.attune.model.conversation;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds mismatches between a chat template and a tokenizer: special tokens that are not in the vocabulary, turns
 * without an end token.
 */
final class TemplateTokenCheck {
    /**
     * How special tokens are usually spelt: {@code <|im_end|>}, {@code <end_of_turn>}, {@code </s>}, {@code [/INST]}.
     */
    private static final Pattern SPECIAL =
            Pattern.compile("<[|｜][^<>\\s]{1,60}[|｜]>|</?[a-z]+(?:_[a-z]+)+>|</?s>|\\[/?[A-Z][A-Z_]+]");

    private final ConversationRenderer renderer;
    private final ConversationEncoder encoder;

    TemplateTokenCheck(ConversationRenderer renderer, ConversationEncoder encoder) {
        this.renderer = renderer;
        this.encoder = encoder;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        String text = sample();
        Map<String, Integer> split = split(text);
        if (!split.isEmpty()) {
            notes.add("the template writes "
                    + split.entrySet().stream()
                            .map(word ->
                                    word.getKey() + ", which the tokenizer splits into " + word.getValue() + " tokens")
                            .collect(Collectors.joining(", "))
                    + ": the model sees ordinary text there");
        }
        EndOfTurn end = encoder.endOfTurn();
        boolean ends = false;
        for (int id : encoder.tokenizer().encode(end.atEnd())) {
            ends |= encoder.endTokens().contains(id);
        }
        if (!text.isEmpty() && !ends) {
            notes.add("the template ends an assistant's turn without a special token: "
                    + "a model trained with it does not learn to end its answers");
        }
        return notes;
    }

    private String sample() {
        Conversation asked = new Conversation(List.of(Message.user("a")), List.of());
        try {
            return renderer.render(asked.with(Message.assistant("b")), false).text();
        } catch (RefusedConversationException e) {
            return "";
        }
    }

    private Map<String, Integer> split(String text) {
        Tokenizer tokenizer = encoder.tokenizer();
        Map<String, Integer> split = new LinkedHashMap<>();
        Matcher matcher = SPECIAL.matcher(text);
        while (matcher.find()) {
            int tokens = tokenizer.encode(matcher.group()).length;
            if (tokens > 1) {
                split.put(matcher.group(), tokens);
            }
        }
        return split;
    }
}
