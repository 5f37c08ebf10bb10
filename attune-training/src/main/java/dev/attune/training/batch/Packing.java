package dev.attune.training.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Fills rows with whole documents, first fit over the open rows. A document longer than a row is cut: a document
 * without prompt into pieces; of a prompt with its completion the start of the prompt is cut off, and the end of the
 * completion if the completion alone is longer than a row.
 */
public final class Packing {
    private static final int OPEN_ROWS = 64;
    private final int maxLength;

    /** @param maxLength tokens in a row */
    public Packing(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Packs the documents in this order; those without a target are left out. */
    public List<PackedRow> pack(List<TokenDocument> documents) {
        List<PackedRow> rows = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        for (TokenDocument document : documents) {
            for (TokenDocument piece : cut(document)) {
                place(piece, open, rows);
            }
        }
        open.forEach(row -> rows.add(new PackedRow(row.documents)));
        return rows;
    }

    /** One row per document, in this order. */
    public List<PackedRow> alone(List<TokenDocument> documents) {
        return documents.stream()
                .flatMap(document -> cut(document).stream())
                .map(PackedRow::of)
                .toList();
    }

    private void place(TokenDocument piece, List<Open> open, List<PackedRow> rows) {
        for (Open row : open) {
            if (row.length + piece.length() <= maxLength) {
                row.add(piece);
                return;
            }
        }
        if (open.size() == OPEN_ROWS) {
            rows.add(new PackedRow(open.remove(0).documents));
        }
        Open row = new Open();
        row.add(piece);
        open.add(row);
    }

    private List<TokenDocument> cut(TokenDocument document) {
        List<TokenDocument> pieces = new ArrayList<>();
        if (document.length() <= maxLength) {
            pieces.add(document);
        } else if (document.learnFrom() == 0) {
            for (int from = 0; from < document.length(); from += maxLength) {
                pieces.add(document.slice(from, from + maxLength, 0));
            }
        } else {
            int completion = document.length() - document.learnFrom();
            int prompt = Math.max(1, Math.min(document.learnFrom(), maxLength - completion));
            int from = document.learnFrom() - prompt;
            pieces.add(document.slice(from, from + maxLength, prompt));
        }
        pieces.removeIf(piece -> piece.targets() == 0);
        return pieces;
    }

    private static final class Open {
        private final List<TokenDocument> documents = new ArrayList<>();
        private int length;

        void add(TokenDocument piece) {
            documents.add(piece);
            length += piece.length();
        }
    }
}
