package dev.attune.training.batch;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.conversation.LossOn;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a prompt with a completion as the policy would have generated it: the prompt's tokens are those of generation,
 * those of the completion follow, and exactly one end token ends it. Where the tokenizer would merge the end of the prompt
 * with the start of the completion, the prompt keeps its tokens; such rows are counted.
 *
 * <p>No token is marked as an ending that a cut must keep: a completion whose end is cut off has no end token.
 */
final class CompletionEncoder {
    /** No token of the prompt, so that a tokenizer that puts a space in front of texts does not put one in front of the rest. */
    private static final String LINE = "\n";

    private final ConversationEncoder encoder;
    private long encoded;
    private long merged;

    CompletionEncoder(ConversationEncoder encoder) {
        this.encoder = encoder;
    }

    /** @throws dev.attune.core.error.RefusedConversationException if the template refuses the conversation */
    EncodedConversation encode(PromptCompletion sample) {
        encoded++;
        if (sample.prompt() instanceof Prompt.Text text) {
            return plain(text, sample.completion());
        }
        EncodedConversation whole =
                encoder.training(sample.prompt(), Message.assistant(sample.completion()), LossOn.LAST);
        return new EncodedConversation(whole.ids(), whole.learned(), whole.completionStart(), 0);
    }

    private EncodedConversation plain(Prompt.Text prompt, String completion) {
        int[] asked = encoder.prompt(prompt);
        int[] ids = EpisodeTokens.joined(asked, ended(following(prompt.text(), asked, completion)));
        int[] learned = new int[ids.length];
        Arrays.fill(learned, asked.length, ids.length, 1);
        return new EncodedConversation(ids, learned, asked.length, 0);
    }

    /** The tokens of a completion after a prompt. */
    private int[] following(String prompt, int[] asked, String completion) {
        Tokenizer tokenizer = encoder.tokenizer();
        int[] joined = tokenizer.encodeWithSpecials(prompt + completion);
        if (startsWith(joined, asked)) {
            return after(joined, asked);
        }
        merged++;
        int[] line = tokenizer.encode(LINE);
        int[] second = tokenizer.encode(LINE + completion);
        return startsWith(second, line) ? after(second, line) : tokenizer.encode(completion);
    }

    /** With an end token, unless the text ends in one. */
    private int[] ended(int... completion) {
        Integer end = encoder.tokenizer().eosId();
        boolean there =
                completion.length > 0 && encoder.tokenizer().eosIds().contains(completion[completion.length - 1]);
        return end == null || there ? completion : EpisodeTokens.joined(completion, new int[] {end});
    }

    private static boolean startsWith(int[] ids, int[] head) {
        return head.length <= ids.length && Arrays.equals(ids, 0, head.length, head, 0, head.length);
    }

    private static int[] after(int[] ids, int[] head) {
        return Arrays.copyOfRange(ids, head.length, ids.length);
    }

    /** One line about completions whose start would merge with their prompt, or null if there were none. */
    @Nullable
    String mergeNote() {
        return merged == 0
                ? null
                : merged + " of " + encoded
                        + " completions would share a token with the end of their prompt if both were"
                        + " tokenized together; the prompt keeps the tokens of generation";
    }
}
