package dev.attune.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairChoice;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.PairWeights;
import dev.attune.core.feedback.Ties;
import dev.attune.core.feedback.Votes;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.training.LetterTokenizer;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.recipe.Overlong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of letters: a is 4, b is 5, ...; 3 ends a completion. */
class TokenPairTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private List<TokenPair> pairs(String lines, Overlong overlong, int maxLength, OnFault onFault) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), lines);
        SequenceEncoder encoder = SequenceEncoder.forCompletions(
                ConversationEncoder.of(new LetterTokenizer()), new LengthLimit(maxLength, overlong, null));
        Dataset read = Dataset.read(file, new ReadOptions((DataFormat) null, onFault, encoder));
        Dataset used = new Dataset(read.rows().stream().filter(encoder::uses).toList(), read.report());
        PairOptions options =
                new PairOptions(PairChoice.ALL_PAIRS, Ties.HALF, PairWeights.PER_PROMPT, Votes.SEPARATE, null, null);
        List<TokenPair> pairs = TokenPair.of(used, options, encoder, notes::add);
        notes.addAll(encoder.notes());
        notes.add(read.report().summary());
        return pairs;
    }

    private static String pair(String chosen, String rejected) {
        return "{\"prompt\": \"abcd\", \"chosen\": \"" + chosen + "\", \"rejected\": \"" + rejected + "\"}\n";
    }

    /** Pitfalls 12 and 13: max_length 8, prompt 4, completions of 10 and 1 tokens: each is cut by its own length. */
    @Test
    void eachSideIsCutByItsOwnLength() throws IOException {
        List<TokenPair> pairs = pairs(pair("efghijklmn", "e"), Overlong.KEEP_START, 8, OnFault.DROP);
        assertThat(pairs.get(0).chosen().tokens()).containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(pairs.get(0).rejected().tokens()).containsExactly(4, 5, 6, 7, 8, 3);
        assertThat(pairs.get(0).chosen().targets()).isEqualTo(4);
        assertThat(pairs.get(0).rejected().targets()).isEqualTo(2);
    }

    /** The end that is cut off has no end token; one that stays has exactly one. */
    @Test
    void cuttingTheStartKeepsTheEndTokenAndCountsWhatIsScored() throws IOException {
        List<TokenPair> pairs = pairs(pair("efg", "e"), Overlong.KEEP_END, 3, OnFault.DROP);
        // the completion has 4 tokens, of which the first that is kept has no prediction
        assertThat(pairs.get(0).chosen().tokens()).containsExactly(9, 10, 3);
        assertThat(pairs.get(0).chosen().targets()).isEqualTo(2);
        assertThat(pairs.get(0).rejected().tokens()).containsExactly(7, 8, 3);
        assertThat(pairs.get(0).rejected().targets()).isEqualTo(2);
    }

    @Test
    void pairsThatAreEqualAfterTheCutAreDroppedAndCounted() throws IOException {
        String lines = pair("efgh", "efij") + pair("efgh", "ghij");
        assertThat(pairs(lines, Overlong.KEEP_START, 6, OnFault.DROP)).hasSize(1);
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("1"));
        notes.clear();
        assertThat(pairs(lines, Overlong.KEEP_START, 6, OnFault.KEEP)).hasSize(1);
        assertThat(notes).contains("1 of 2 pairs have the same tokens on both sides: dropped");
    }

    /** Pitfalls 10: a prompt that fills the length leaves no completion; nothing left is an error. */
    @Test
    void aPromptWithoutRoomForACompletionDropsItsPair() throws IOException {
        String lines = pair("ef", "gh") + "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n";
        assertThat(pairs(lines, Overlong.KEEP_START, 4, OnFault.DROP)).hasSize(1);
        assertThat(notes)
                .contains("1 of 2 rows are longer than data.max_length 4: their end is cut off, and 1 without an answer"
                        + " left are dropped");
        assertThatThrownBy(() -> pairs(pair("ef", "ef"), Overlong.KEEP_START, 9, OnFault.KEEP))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("rows.jsonl");
    }

    /** Three ranked completions with a tie: soft labels, and weights that sum to 1 for the prompt. */
    @Test
    void rankingsGiveSoftLabelsAndWeights() throws IOException {
        String ranking = "{\"id\": \"r\", \"prompt\": \"ab\", \"completions\": [{\"text\": \"c\"}, {\"text\": \"d\"},"
                + " {\"text\": \"e\"}], \"criterion\": \"good\", \"order\": [[2], [0, 1]], \"unranked\": [],"
                + " \"labeler\": \"me\"}\n";
        List<TokenPair> pairs = pairs(ranking, Overlong.DROP, 9, OnFault.DROP);
        assertThat(pairs).hasSize(3);
        assertThat(pairs).extracting(TokenPair::probability).containsExactlyInAnyOrder(1.0, 1.0, 0.5);
        assertThat(pairs.stream().mapToDouble(TokenPair::weight).sum()).isEqualTo(1);
        assertThat(pairs.get(0).chosen().tokens()).containsExactly(4, 5, 8, 3);
    }
}
