package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.tensor.Scope;
import dev.attune.training.recipe.DataOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void fillsRowsFirstFit() {
        List<PackedRow> rows = new Packing(5).pack(List.of(document(3), document(4), document(2), document(1)));
        assertThat(rows.stream().map(PackedRow::length))
                .as("the document of one token has no target")
                .containsExactly(5, 4);
        assertThat(rows.get(0).documents()).extracting(TokenDocument::length).containsExactly(3, 2);
    }

    @Test
    void cutsLongDocumentsIntoPiecesAndLongPromptsAtTheFront() {
        List<PackedRow> pieces = new Packing(4).pack(List.of(TokenDocument.whole(1, 2, 3, 4, 5, 6, 7)));
        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(1).documents().get(0).tokens()).containsExactly(5, 6, 7);
        TokenDocument long4 = TokenDocument.completion(new int[] {1, 2, 3, 4}, new int[] {5, 6});
        TokenDocument cut =
                new Packing(4).pack(List.of(long4)).get(0).documents().get(0);
        assertThat(cut.tokens()).containsExactly(3, 4, 5, 6);
        assertThat(cut.learnFrom()).isEqualTo(2);
        TokenDocument longer = TokenDocument.completion(new int[] {1, 2}, new int[] {3, 4, 5, 6, 7});
        cut = new Packing(4).pack(List.of(longer)).get(0).documents().get(0);
        assertThat(cut.tokens()).containsExactly(2, 3, 4, 5);
        assertThat(cut.learnFrom()).isEqualTo(1);
    }

    @Test
    void theTargetsOfABatchAreTheCompletionsOfEachDocument() {
        try (Scope scope = Scope.open()) {
            TargetBatch batch = TargetBatch.of(List.of(
                    new PackedRow(List.of(
                            TokenDocument.completion(new int[] {7, 8}, new int[] {9, 3}),
                            TokenDocument.whole(5, 6, 3))),
                    PackedRow.of(TokenDocument.completion(new int[] {4}, new int[] {3}))));
            assertThat(batch.targets().toLongs()).containsExactly(9, 3, 6, 3, 3);
            assertThat(batch.states().toLongs()).containsExactly(1, 2, 4, 5, 7);
            assertThat(batch.counts()).containsExactly(4, 1);
            assertThat(batch.tokens().mask().toLongs()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
            assertThat(batch.tokens().positions().toLongs()).startsWith(0, 1, 2, 3, 0, 1, 2, 0, 1);
            assertThat(batch.tokens().segments().toLongs()).startsWith(0, 0, 0, 0, 1, 1, 1, 0, 0, 1);
        }
    }

    @Test
    void anyCutOfTheRowStreamIsTheSameStream() {
        List<TokenDocument> documents = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            documents.add(document(2 + i % 7));
        }
        List<PackedRow> whole = new RowStream(documents, 12, true, DataOrder.SHUFFLED, 5).take(0, 60);
        RowStream stream = new RowStream(documents, 12, true, DataOrder.SHUFFLED, 5);
        assertThat(lengths(stream.take(40, 20))).isEqualTo(lengths(whole.subList(40, 60)));
        assertThat(lengths(stream.take(3, 20))).isEqualTo(lengths(whole.subList(3, 23)));
        int first = (int) stream.rows(1);
        assertThat(whole.subList(0, first).stream().mapToInt(PackedRow::length).sum())
                .isEqualTo(documents.stream().mapToInt(TokenDocument::length).sum());
    }

    @Test
    void aSequentialRowStreamKeepsTheOrderOfTheFileInEveryEpoch() {
        List<TokenDocument> documents =
                List.of(document(2), document(3), document(4), document(5), document(2), document(6));
        RowStream alone = new RowStream(documents, 12, false, DataOrder.SEQUENTIAL, 5);
        assertThat(lengths(alone.take(0, 8)))
                .containsExactly(
                        List.of(2), List.of(3), List.of(4), List.of(5), List.of(2), List.of(6), List.of(2), List.of(3));
        RowStream packed = new RowStream(documents, 6, true, DataOrder.SEQUENTIAL, 5);
        assertThat(lengths(packed.take(4, 4)))
                .as("the second epoch packs as the first")
                .isEqualTo(lengths(packed.take(0, 4)))
                .containsExactly(List.of(2, 3), List.of(4, 2), List.of(5), List.of(6));
    }

    @Test
    void microBatchesHoldRowsOfLikeLength() {
        assertThat(MicroBatches.plan(List.of(1, 9, 2, 8, 3), 2, length -> length))
                .containsExactly(List.of(1, 3), List.of(4, 2), List.of(0));
        assertThat(MicroBatches.plan(List.of(1, 9, 2), 4, item -> 3, length -> length))
                .containsExactly(List.of(1), List.of(2), List.of(0));
    }

    private static List<List<Integer>> lengths(List<PackedRow> rows) {
        return rows.stream()
                .map(row -> row.documents().stream().map(TokenDocument::length).toList())
                .toList();
    }

    private static TokenDocument document(int length) {
        int[] tokens = new int[length];
        java.util.Arrays.fill(tokens, 1);
        return TokenDocument.whole(tokens);
    }
}
