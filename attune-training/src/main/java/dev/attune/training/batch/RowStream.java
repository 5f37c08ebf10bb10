package dev.attune.training.batch;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Randomness;
import dev.attune.training.recipe.DataOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An endless stream of rows made of documents; each epoch orders and packs them again. The rows of a step follow only
 * from the order, the seed and the step.
 */
public final class RowStream {
    private final List<TokenDocument> documents;
    private final Packing packing;
    private final boolean packed;
    private final DataOrder order;
    private final Randomness randomness;
    private long epoch;
    private long start;
    private List<PackedRow> rows;

    /**
     * @param maxLength tokens in a row
     * @param packed whether documents share rows
     * @param order of the documents, before they are packed
     */
    public RowStream(List<TokenDocument> documents, int maxLength, boolean packed, DataOrder order, long seed) {
        this.documents = List.copyOf(documents);
        this.packing = new Packing(maxLength);
        this.packed = packed;
        this.order = order;
        this.randomness = Randomness.of(seed, "document order");
        this.rows = rowsOf(0);
        if (rows.isEmpty()) {
            throw BadInputException.at(
                    "the training data",
                    "no token to learn in any of " + documents.size() + " rows",
                    "a completion of at least one token, or a text of two",
                    "check the rows with 'attune data inspect'");
        }
    }

    /** Rows number {@code from} up to {@code from + count}, counted over all epochs. */
    public List<PackedRow> take(long from, int count) {
        List<PackedRow> taken = new ArrayList<>(count);
        for (long at = from; at < from + count; at++) {
            seek(at);
            taken.add(rows.get((int) (at - start)));
        }
        return taken;
    }

    /** The total number of rows of the first epochs. */
    public long rows(int epochs) {
        long total = 0;
        for (int e = 0; e < epochs; e++) {
            total += e == epoch ? rows.size() : rowsOf(e).size();
        }
        return total;
    }

    /** The epoch of row number {@code at}, from 0, with the share of it that is done. */
    public double epochAt(long at) {
        seek(at);
        return epoch + (double) (at - start) / rows.size();
    }

    private void seek(long at) {
        if (at < start) {
            epoch = 0;
            start = 0;
            rows = rowsOf(0);
        }
        while (at >= start + rows.size()) {
            start += rows.size();
            rows = rowsOf(++epoch);
        }
    }

    private List<PackedRow> rowsOf(long number) {
        List<TokenDocument> ordered = order == DataOrder.SEQUENTIAL
                ? documents
                : Arrays.stream(randomness.at(number).permutation(documents.size()))
                        .mapToObj(documents::get)
                        .toList();
        return packed ? packing.pack(ordered) : packing.alone(ordered);
    }
}
