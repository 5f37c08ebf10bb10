package dev.attune.training.reward;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.RewardModel;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features of every sequence of some comparisons, computed once: while the backbone is frozen, a score is the
 * product of the head with a row of this table.
 */
final class FrozenFeatures implements AutoCloseable {
    private final RewardModel model;
    private final Tensor table;
    private final IdentityHashMap<Comparison, Integer> firstRows = new IdentityHashMap<>();

    /** @param table {@code [sequences, width]}, the sequences of all comparisons in order; closed with this */
    FrozenFeatures(RewardModel model, List<Comparison> comparisons, Tensor table) {
        this.model = model;
        this.table = table;
        int row = 0;
        for (Comparison comparison : comparisons) {
            firstRows.put(comparison, row);
            row += comparison.size();
        }
    }

    /**
     * Scores {@code [sequences]} of some of the comparisons, with the head's gradient if gradients are recorded.
     *
     * @param replica the model of these features, or its replica on a worker
     */
    Tensor scores(RewardModel replica, List<Comparison> comparisons) {
        int[] rows = comparisons.stream().flatMapToInt(this::rows).toArray();
        return replica.scoresOf(table.indexSelect(0, Tensor.of(rows, rows.length)));
    }

    private IntStream rows(Comparison comparison) {
        Integer first = firstRows.get(comparison);
        if (first == null) {
            throw new IllegalArgumentException("a comparison whose features were not computed");
        }
        return IntStream.range(first, first + comparison.size());
    }

    /** The scores of some of the comparisons, without gradient. */
    ScoredComparisons scored(List<Comparison> comparisons) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return ScoredComparisons.ofFlat(
                    comparisons,
                    comparisons.isEmpty()
                            ? new float[0]
                            : scores(model, comparisons).toFloats());
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
