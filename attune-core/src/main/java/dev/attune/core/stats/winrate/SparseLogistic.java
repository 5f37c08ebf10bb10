package dev.attune.core.stats.winrate;

/**
 * Logistic regression with an L1 penalty on every coefficient: min |b|_1 + C sum w (log(1 + e^(x b)) - y x b), by the
 * proximal Newton method. Each step minimises the quadratic model of the loss plus the penalty, and is halved until the
 * objective falls.
 */
final class SparseLogistic {
    /** On the slope of the objective over C times the sum of weights. */
    private static final double TOLERANCE = 1e-12;

    private static final int MAX_STEPS = 500;

    private final WeightedRows rows;
    private final double c;
    private final double scale;

    private SparseLogistic(WeightedRows rows, double c) {
        this.rows = rows;
        this.c = c;
        double sum = 0;
        for (double weight : rows.weights()) {
            sum += weight;
        }
        scale = c * sum;
    }

    /** The coefficients. */
    static double[] fit(WeightedRows rows, double c) {
        return new SparseLogistic(rows, c).fit();
    }

    private double[] fit() {
        double[] b = new double[rows.features()];
        for (int step = 0; step < MAX_STEPS; step++) {
            QuadraticModel model = QuadraticModel.at(rows, b, c);
            if (model.slope(b) <= TOLERANCE * scale) {
                return b;
            }
            double[] target = model.minimiser(b);
            double gain = model.gain(b, target);
            double before = objective(b);
            // Near the optimum the objective cannot show the gain, and the whole step is right.
            double[] next = gain < 1e-9 * (1 + Math.abs(before)) ? target : halved(b, target, before, gain);
            if (distance(b, next) <= 1e-15 * (1 + distance(next, new double[b.length]))) {
                return next;
            }
            b = next;
        }
        throw new IllegalStateException("the logistic regression did not converge in " + MAX_STEPS + " steps");
    }

    private double[] halved(double[] from, double[] target, double before, double gain) {
        double[] next = target;
        for (double size = 1; size > 1e-12 && objective(next) > before - 1e-4 * size * gain; ) {
            size /= 2;
            next = new double[from.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = from[i] + size * (target[i] - from[i]);
            }
        }
        return next;
    }

    private double objective(double[] b) {
        double loss = 0;
        for (int row = 0; row < rows.count(); row++) {
            double logit = rows.logit(row, b);
            double softplus = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit)));
            loss += rows.weights()[row] * (softplus - rows.y()[row] * logit);
        }
        double penalty = 0;
        for (double coefficient : b) {
            penalty += Math.abs(coefficient);
        }
        return penalty + c * loss;
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
