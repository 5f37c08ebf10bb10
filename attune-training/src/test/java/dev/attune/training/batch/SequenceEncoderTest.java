package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.data.Fault;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowCheck;
import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.LossOn;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.recipe.Overlong;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rows of letters: a is 4, b is 5, ...; 3 ends an answer. */
class SequenceEncoderTest {
    private final ConversationEncoder encoder = ConversationEncoder.of(new LetterTokenizer());

    private static Row pair(String chosen, String rejected) {
        return new Row.PreferenceRow(1, Preference.of(Prompt.text("ab"), chosen, rejected));
    }

    private SequenceEncoder reward(Overlong overlong, int maxLength) {
        return SequenceEncoder.forReward(encoder, new LengthLimit(maxLength, overlong, null));
    }

    @Test
    void pairsThatAreEqualAfterTheCutAreAFault() {
        SequenceEncoder rows = reward(Overlong.KEEP_START, 5);
        RowCheck.Problem problem = Objects.requireNonNull(rows.problem(pair("cdef", "cdgh")));
        assertThat(problem.kind()).isEqualTo(Fault.Kind.IDENTICAL);
        assertThat(problem.found()).contains("after the cut at data.max_length 5");
        assertThat(rows.problem(pair("cdef", "cgh"))).isNull();
        assertThat(rows.overlongNote())
                .isEqualTo("2 of 2 rows are longer than data.max_length 5: their end is cut off");
        assertThat(rows.scoring(Prompt.text("ab"), "cdef").ids()).containsExactly(4, 5, 6, 7, 3);
    }

    @Test
    void aRowIsDroppedIfOneOfItsAnswersIsTooLong() {
        SequenceEncoder rows = reward(Overlong.DROP, 5);
        Row tooLong = pair("cdef", "cd");
        Row fits = pair("cd", "ef");
        assertThat(rows.problem(tooLong)).isNull();
        assertThat(rows.problem(fits)).isNull();
        assertThat(rows.uses(tooLong)).isFalse();
        assertThat(rows.uses(fits)).isTrue();
        assertThat(rows.overlongNote()).isEqualTo("1 of 2 rows are longer than data.max_length 5: dropped");
    }

    @Test
    void nothingIsSaidIfAllRowsFit() {
        SequenceEncoder rows = reward(Overlong.DROP, 8);
        assertThat(rows.problem(pair("cd", "ef"))).isNull();
        assertThat(rows.overlongNote()).isNull();
    }

    @Test
    void completionsAreLearnedUnlessEveryTokenIs() {
        Row row = new Row.CompletionRow(1, Prompt.text("ab"), "cd");
        LengthLimit limit = new LengthLimit(8, Overlong.DROP, null);
        TokenDocument completion =
                SequenceEncoder.forTraining(encoder, limit, null).document(row);
        assertThat(completion.tokens()).containsExactly(4, 5, 6, 7, 3);
        assertThat(completion.mask()).containsExactly(0, 0, 1, 1, 1);
        assertThat(completion.learnFrom()).isEqualTo(2);
        TokenDocument whole =
                SequenceEncoder.forTraining(encoder, limit, LossOn.EVERY_TOKEN).document(row);
        assertThat(whole.mask()).containsExactly(1, 1, 1, 1, 1);
        assertThat(whole.learnFrom()).isZero();
    }
}
