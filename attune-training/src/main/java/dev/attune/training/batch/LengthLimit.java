package dev.attune.training.batch;

import dev.attune.model.conversation.EncodedConversation;
import dev.attune.training.recipe.DataSettings;
import dev.attune.training.recipe.Overlong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The maximum length of training sequences, and the handling of longer ones.
 *
 * @param maxLength tokens of prompt and answer together
 * @param bos the token that is kept at the beginning if the start of a prompt is cut off; null: none
 */
public record LengthLimit(
        int maxLength, Overlong overlong, @Nullable Integer bos) {
    /** @param bos the tokenizer's BOS token, or null */
    public static LengthLimit of(DataSettings data, @Nullable Integer bos) {
        return new LengthLimit(data.maxLength(), data.overlong(), bos);
    }

    public boolean exceededBy(EncodedConversation sequence) {
        return sequence.length() > maxLength;
    }

    /**
     * The sequence within the limit; null if it is dropped, or if no learned token or no answer is left after the cut.
     */
    public @Nullable EncodedConversation cut(EncodedConversation sequence) {
        if (!exceededBy(sequence)) {
            return sequence;
        }
        return switch (overlong) {
            case DROP -> null;
            case KEEP_START -> withoutEnd(sequence);
            case KEEP_END -> withoutStart(sequence);
        };
    }

    private @Nullable EncodedConversation withoutEnd(EncodedConversation sequence) {
        int ending = Math.min(sequence.ending(), maxLength);
        return kept(
                sequence,
                IntStream.concat(
                                IntStream.range(0, maxLength - ending),
                                IntStream.range(sequence.length() - ending, sequence.length()))
                        .toArray());
    }

    private @Nullable EncodedConversation withoutStart(EncodedConversation sequence) {
        int first = bos != null && sequence.ids()[0] == bos ? 1 : 0;
        return kept(
                sequence,
                IntStream.concat(
                                IntStream.range(0, first),
                                IntStream.range(sequence.length() - maxLength + first, sequence.length()))
                        .toArray());
    }

    /** @param places of the tokens that stay, in order */
    private static @Nullable EncodedConversation kept(EncodedConversation sequence, int... places) {
        int[] ids = IntStream.of(places).map(place -> sequence.ids()[place]).toArray();
        int[] learned =
                IntStream.of(places).map(place -> sequence.learned()[place]).toArray();
        int completion = (int) IntStream.of(places)
                .filter(place -> place < sequence.completionStart())
                .count();
        int ending = Math.min(sequence.ending(), ids.length);
        EncodedConversation cut = new EncodedConversation(ids, learned, completion, ending);
        boolean answerLeft =
                ids.length - completion > ending || sequence.length() - sequence.completionStart() == ending;
        return answerLeft && cut.learnedTokens() > 0 ? cut : null;
    }
}
