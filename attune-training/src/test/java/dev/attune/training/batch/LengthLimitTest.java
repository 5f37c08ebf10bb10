package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.conversation.EncodedConversation;
import dev.attune.training.recipe.Overlong;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LengthLimitTest {
    private static final int BOS = 9;

    /** BOS, a prompt of three, an answer of three, its end. */
    private static final EncodedConversation SEQUENCE =
            new EncodedConversation(new int[] {BOS, 1, 2, 3, 4, 5, 6, 7}, new int[] {0, 0, 0, 0, 1, 1, 1, 1}, 4, 1);

    private static @Nullable EncodedConversation cut(Overlong overlong, int maxLength) {
        return new LengthLimit(maxLength, overlong, BOS).cut(SEQUENCE);
    }

    private static int[] ids(Overlong overlong, int maxLength) {
        return Objects.requireNonNull(cut(overlong, maxLength)).ids();
    }

    @Test
    void whatIsShortEnoughStaysAsItIs() {
        for (Overlong overlong : Overlong.values()) {
            assertThat(cut(overlong, 8)).isSameAs(SEQUENCE);
        }
        assertThat(cut(Overlong.DROP, 7)).isNull();
    }

    @Test
    void theEndOfTheTurnStaysIfTheEndIsCutOff() {
        EncodedConversation cut = Objects.requireNonNull(cut(Overlong.KEEP_START, 6));
        assertThat(cut.ids()).containsExactly(BOS, 1, 2, 3, 4, 7);
        assertThat(cut.learned()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(cut.completionStart()).isEqualTo(4);
        assertThat(cut.ending()).isEqualTo(1);
        assertThat(cut(Overlong.KEEP_START, 5)).as("no answer left").isNull();
    }

    @Test
    void bosStaysIfTheStartIsCutOff() {
        EncodedConversation cut = Objects.requireNonNull(cut(Overlong.KEEP_END, 6));
        assertThat(cut.ids()).containsExactly(BOS, 3, 4, 5, 6, 7);
        assertThat(cut.learned()).containsExactly(0, 0, 1, 1, 1, 1);
        assertThat(cut.completionStart()).isEqualTo(2);
        assertThat(ids(Overlong.KEEP_END, 5)).containsExactly(BOS, 4, 5, 6, 7);
        EncodedConversation answer = Objects.requireNonNull(cut(Overlong.KEEP_END, 4));
        assertThat(answer.ids()).as("a long answer loses its start").containsExactly(BOS, 5, 6, 7);
        assertThat(answer.completionStart()).isEqualTo(1);
        assertThat(new LengthLimit(6, Overlong.KEEP_END, null).cut(SEQUENCE))
                .extracting(EncodedConversation::ids)
                .isEqualTo(new int[] {2, 3, 4, 5, 6, 7});
    }

    @Test
    void aLongEndOfTurnStaysWhole() {
        EncodedConversation sequence =
                new EncodedConversation(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {0, 0, 1, 1, 1, 1, 1}, 2, 2);
        assertThat(Objects.requireNonNull(new LengthLimit(5, Overlong.KEEP_START, null).cut(sequence))
                        .ids())
                .containsExactly(1, 2, 3, 6, 7);
        assertThat(Objects.requireNonNull(new LengthLimit(4, Overlong.KEEP_END, null).cut(sequence))
                        .ids())
                .containsExactly(4, 5, 6, 7);
    }
}
