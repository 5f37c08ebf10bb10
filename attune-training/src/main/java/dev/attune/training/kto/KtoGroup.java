package dev.attune.training.kto;

import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.losses.KtoLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * The completions of a micro-batch, which estimate one z.
 *
 * @param mismatched the prompt of each row with the completion of the row before it; empty if no z is needed
 */
record KtoGroup(List<JudgedCompletion> rows, List<TokenDocument> mismatched) {
    /** The groups of some rows, in their order; a last single row joins the group before it. */
    static List<KtoGroup> of(List<JudgedCompletion> rows, int size, int maxLength, boolean mismatches) {
        List<KtoGroup> groups = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int to = Math.min(rows.size(), from + size);
            to = mismatches && rows.size() - to == 1 ? rows.size() : to;
            groups.add(of(rows.subList(from, to), maxLength, mismatches));
            from = to;
        }
        return groups;
    }

    private static KtoGroup of(List<JudgedCompletion> rows, int maxLength, boolean mismatches) {
        List<TokenDocument> mismatched = new ArrayList<>();
        if (mismatches) {
            int[] partners = KtoLoss.partners(rows.size());
            for (int i = 0; i < partners.length; i++) {
                mismatched.add(rows.get(i).mismatched(rows.get(partners[i]), maxLength));
            }
        }
        return new KtoGroup(rows, mismatched);
    }

    TargetBatch targets() {
        return TargetBatch.of(
                rows.stream().map(row -> PackedRow.of(row.document())).toList());
    }

    boolean[] desirable() {
        boolean[] desirable = new boolean[rows.size()];
        for (int i = 0; i < desirable.length; i++) {
            desirable[i] = rows.get(i).desirable();
        }
        return desirable;
    }

    int size() {
        return rows.size();
    }
}
