package dev.attune.core.stats.agreement;

import dev.attune.core.stats.Figure;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/**
 * How often two raters gave each pair of labels.
 *
 * @param counts {@code counts[i][j]}: label i by the first, label j by the second
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelTable(double[][] counts, long items) {
    private static final String EMPTY = "no item was rated by both raters";

    Figure kappa(CohenKappa.Weights weights) {
        if (items == 0) {
            return Figure.undefined(EMPTY);
        }
        double observed = sum((i, j) -> weights.of(i, j) * counts[i][j]);
        double expected = sum((i, j) -> weights.of(i, j) * expected(i, j));
        return expected == 0
                ? Figure.undefined("both raters gave every item the same label")
                : Figure.of(1 - observed / expected);
    }

    Figure observed() {
        return share(sum((i, j) -> i.equals(j) ? counts[i][j] : 0));
    }

    Figure expected() {
        return share(sum((i, j) -> i.equals(j) ? expected(i, j) : 0));
    }

    private Figure share(double count) {
        return items == 0 ? Figure.undefined(EMPTY) : Figure.of(count / items);
    }

    private double expected(int i, int j) {
        double first = Arrays.stream(counts[i]).sum();
        double second = Arrays.stream(counts).mapToDouble(row -> row[j]).sum();
        return first * second / items;
    }

    private double sum(ToDoubleBiFunction<Integer, Integer> summand) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                sum += summand.applyAsDouble(i, j);
            }
        }
        return sum;
    }
}
