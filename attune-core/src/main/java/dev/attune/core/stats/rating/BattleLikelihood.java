package dev.attune.core.stats.rating;

import dev.attune.core.stats.Summary;
import java.util.Arrays;

/** The log-likelihood of strengths, the sum of W[i][j] log sigma(s_i - s_j), with its derivatives. */
final class BattleLikelihood {
    private final double[][] wins;

    BattleLikelihood(double[][] won, double drawsPerPair) {
        wins = new double[won.length][won.length];
        for (int i = 0; i < won.length; i++) {
            for (int j = 0; j < won.length; j++) {
                wins[i][j] = i == j ? 0 : won[i][j] + drawsPerPair / 2;
            }
        }
    }

    double[][] wins() {
        return wins;
    }

    double value(double[] strengths) {
        double sum = 0;
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                sum += wins[i][j] == 0 ? 0 : wins[i][j] * logSigmoid(strengths[i] - strengths[j]);
            }
        }
        return sum;
    }

    /** The inverse of the information times the gradient. */
    double[] newtonStep(double[] strengths) {
        double[] gradient = new double[wins.length];
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                gradient[i] += wins[i][j] - (wins[i][j] + wins[j][i]) * sigmoid(strengths[i] - strengths[j]);
            }
        }
        double[][] inverse = inverseInformation(strengths);
        double[] step = new double[wins.length];
        for (int i = 0; i < step.length; i++) {
            for (int j = 0; j < step.length; j++) {
                step[i] += inverse[i][j] * gradient[j];
            }
        }
        return step;
    }

    /** Takes the step, halved until the likelihood does not fall beyond rounding, and centres the strengths. */
    double[] improve(double[] strengths, double[] step) {
        double before = value(strengths);
        double[] next = strengths;
        for (double size = 1; size > 1e-10; size /= 2) {
            next = moved(strengths, step, size);
            if (value(next) >= before - 1e-12 * Math.abs(before)) {
                break;
            }
        }
        return next;
    }

    double[] errors(double[] strengths) {
        double[][] inverse = inverseInformation(strengths);
        double[] errors = new double[wins.length];
        Arrays.setAll(errors, i -> Math.sqrt(Math.max(0, inverse[i][i])));
        return errors;
    }

    /** The pseudo-inverse: the information does not see a shift of all strengths. */
    private double[][] inverseInformation(double[] strengths) {
        int n = wins.length;
        double[][] information = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double p = sigmoid(strengths[i] - strengths[j]);
                double weight = (wins[i][j] + wins[j][i]) * p * (1 - p);
                information[i][i] += weight;
                information[i][j] -= weight;
            }
        }
        return SymmetricInverse.ofCentred(information);
    }

    private static double[] moved(double[] strengths, double[] step, double size) {
        double[] next = new double[strengths.length];
        Arrays.setAll(next, i -> strengths[i] + size * step[i]);
        double mean = Summary.mean(next);
        return Arrays.stream(next).map(value -> value - mean).toArray();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double logSigmoid(double x) {
        return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
    }
}
