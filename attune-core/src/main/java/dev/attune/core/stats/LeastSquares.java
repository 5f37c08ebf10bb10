package dev.attune.core.stats;

import java.util.Optional;

/** Linear least squares for a few coefficients, by the normal equations. */
public final class LeastSquares {
    /** A pivot below this share of its column's size means that the system is singular. */
    private static final double SINGULAR = 1e-10;

    private LeastSquares() {}

    /**
     * The coefficients that minimise the sum of squared differences between each row's weighted sum and its target;
     * empty if the rows do not determine them.
     */
    public static Optional<double[]> fit(double[][] rows, double[] targets) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[][] system = new double[columns][columns + 1];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    system[i][j] += rows[row][i] * rows[row][j];
                }
                system[i][columns] += rows[row][i] * targets[row];
            }
        }
        return rows.length < columns || columns == 0 ? Optional.empty() : solve(system);
    }

    /** Gauss and Jordan's elimination; the largest remaining pivot goes first. */
    private static Optional<double[]> solve(double[][] system) {
        int size = system.length;
        double[] scale = new double[size];
        for (int i = 0; i < size; i++) {
            scale[i] = system[i][i];
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(system[row][column]) > Math.abs(system[pivot][column]) ? row : pivot;
            }
            if (!(Math.abs(system[pivot][column]) > SINGULAR * scale[column])) {
                return Optional.empty();
            }
            double[] swapped = system[pivot];
            system[pivot] = system[column];
            system[column] = swapped;
            eliminate(system, column);
        }
        double[] solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = system[i][size] / system[i][i];
        }
        return Optional.of(solution);
    }

    private static void eliminate(double[][] system, int column) {
        double[] from = system[column];
        for (int row = 0; row < system.length; row++) {
            if (row != column) {
                double factor = system[row][column] / from[column];
                for (int j = column; j < from.length; j++) {
                    system[row][j] -= factor * from[j];
                }
            }
        }
    }
}
