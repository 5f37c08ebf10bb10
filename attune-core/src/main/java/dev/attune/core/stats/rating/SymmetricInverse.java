package dev.attune.core.stats.rating;

/** The pseudo-inverse of symmetric matrices whose rows sum to 0 and that are singular in no other direction. */
final class SymmetricInverse {
    private SymmetricInverse() {}

    /** (M + s J)^-1 - J / (s n^2), with J all ones and s the mean of the diagonal over n. */
    static double[][] ofCentred(double[][] matrix) {
        int n = matrix.length;
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += matrix[i][i];
        }
        double shift = n == 1 ? 1 : trace / ((double) n * n);
        double[][] system = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                system[i][j] = matrix[i][j] + shift;
            }
            system[i][n + i] = 1;
        }
        eliminate(system);
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] = system[i][n + j] - 1 / (shift * n * n);
            }
        }
        return inverse;
    }

    /** Gauss and Jordan's elimination; a positive definite matrix needs no other pivots than its diagonal. */
    private static void eliminate(double[][] system) {
        for (int pivot = 0; pivot < system.length; pivot++) {
            double scale = system[pivot][pivot];
            for (int j = 0; j < system[pivot].length; j++) {
                system[pivot][j] /= scale;
            }
            for (int row = 0; row < system.length; row++) {
                double factor = system[row][pivot];
                for (int j = 0; row != pivot && j < system[row].length; j++) {
                    system[row][j] -= factor * system[pivot][j];
                }
            }
        }
    }
}
