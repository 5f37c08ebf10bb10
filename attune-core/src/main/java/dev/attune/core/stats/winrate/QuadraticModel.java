package dev.attune.core.stats.winrate;

/**
 * The second-order model of a loss at some coefficients, with the penalty |b|_1.
 *
 * @param gradient of the loss
 * @param hessian of the loss
 */
@SuppressWarnings("ArrayRecordComponent")
record QuadraticModel(double[] gradient, double[][] hessian) {
    private static final int MAX_SWEEPS = 20_000;

    static QuadraticModel at(WeightedRows rows, double[] b, double c) {
        int n = b.length;
        double[] gradient = new double[n];
        double[][] hessian = new double[n][n];
        for (int row = 0; row < rows.count(); row++) {
            double p = WeightedRows.sigmoid(rows.logit(row, b));
            double[] x = rows.x()[row];
            double weight = c * rows.weights()[row];
            for (int i = 0; i < n; i++) {
                gradient[i] += weight * (p - rows.y()[row]) * x[i];
                for (int j = 0; j < n; j++) {
                    hessian[i][j] += weight * p * (1 - p) * x[i] * x[j];
                }
            }
        }
        return new QuadraticModel(gradient, hessian);
    }

    /** The largest distance of 0 from the subgradient of loss and penalty: 0 at the optimum. */
    double slope(double[] b) {
        double largest = 0;
        for (int i = 0; i < b.length; i++) {
            double slope =
                    b[i] == 0 ? Math.max(0, Math.abs(gradient[i]) - 1) : Math.abs(gradient[i] + Math.signum(b[i]));
            largest = Math.max(largest, slope);
        }
        return largest;
    }

    /** The coefficients with the least value of the model, by coordinate descent. */
    double[] minimiser(double[] b) {
        double[] next = b.clone();
        double[] slopes = gradient.clone();
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double moved = 0;
            for (int i = 0; i < next.length; i++) {
                double curvature = hessian[i][i];
                double change =
                        curvature > 0 ? shrink(next[i] - slopes[i] / curvature, 1 / curvature) - next[i] : -next[i];
                next[i] += change;
                for (int j = 0; j < next.length; j++) {
                    slopes[j] += hessian[j][i] * change;
                }
                moved = Math.max(moved, Math.abs(change));
            }
            if (moved < 1e-15 * (1 + Math.abs(next[next.length - 1]))) {
                break;
            }
        }
        return next;
    }

    /** How far the model's value falls from b to the target. */
    double gain(double[] b, double[] target) {
        double gain = 0;
        for (int i = 0; i < b.length; i++) {
            double step = target[i] - b[i];
            gain += Math.abs(b[i]) - Math.abs(target[i]) - gradient[i] * step;
            for (int j = 0; j < b.length; j++) {
                gain -= step * hessian[i][j] * (target[j] - b[j]) / 2;
            }
        }
        return gain;
    }

    private static double shrink(double value, double by) {
        return Math.signum(value) * Math.max(0, Math.abs(value) - by);
    }
}
