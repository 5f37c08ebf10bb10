package dev.attune.training.batch;

import java.util.List;

/** The documents that share one row of a batch, one after the other; each attends only to itself. */
public record PackedRow(List<TokenDocument> documents) {
    public PackedRow {
        documents = List.copyOf(documents);
    }

    public static PackedRow of(TokenDocument document) {
        return new PackedRow(List.of(document));
    }

    public int length() {
        return documents.stream().mapToInt(TokenDocument::length).sum();
    }

    public int targets() {
        return documents.stream().mapToInt(TokenDocument::targets).sum();
    }
}
