package dev.attune.core.hacking;

import dev.attune.core.stats.LeastSquares;
import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A score that is not optimised as a function of the distance d = sqrt(KL) from the reference (Gao, Schulman and Hilton 2022,
 * "Scaling laws for reward model overoptimization"), fitted by least squares:
 *
 * <pre>
 *   reinforcement learning  R(d) = start + d (alpha - beta log d)
 *   best of n               R(d) = start + d (alpha - beta d)
 * </pre>
 *
 * <p>The curve is not extrapolated: a peak counts only within the measured distances.
 *
 * @param start the score of the reference itself; the paper's scores are shifted so that it is 0
 * @param rSquared the share of the scores' variance that the curve explains
 * @param deviation of the scores from the curve
 * @param nearest the smallest measured distance
 * @param farthest the largest measured distance
 */
public record Overoptimisation(
        Law law,
        double start,
        double alpha,
        double beta,
        double rSquared,
        double deviation,
        double nearest,
        double farthest) {
    private static final int MIN_POINTS = 5;
    private static final int COEFFICIENTS = 3;

    /** The method by which the policy was optimised. */
    public enum Law {
        REINFORCEMENT_LEARNING {
            @Override
            double cost(double distance) {
                return distance == 0 ? 0 : distance * Math.log(distance);
            }

            @Override
            double peak(double alpha, double beta) {
                return Math.exp(alpha / beta - 1);
            }
        },
        BEST_OF_N {
            @Override
            double cost(double distance) {
                return distance * distance;
            }

            @Override
            double peak(double alpha, double beta) {
                return alpha / (2 * beta);
            }
        };

        /** What beta is multiplied with. */
        abstract double cost(double distance);

        abstract double peak(double alpha, double beta);
    }

    /** The curve through these points; empty if they are too few or too much alike to determine it. */
    public static Optional<Overoptimisation> fit(Law law, double[] distances, double[] scores) {
        if (distances.length < MIN_POINTS) {
            return Optional.empty();
        }
        double[][] rows = Arrays.stream(distances)
                .mapToObj(distance -> new double[] {1, distance, -law.cost(distance)})
                .toArray(double[][]::new);
        return LeastSquares.fit(rows, scores).map(found -> new Overoptimisation(
                        law,
                        found[0],
                        found[1],
                        found[2],
                        0,
                        0,
                        Arrays.stream(distances).min().orElseThrow(),
                        Arrays.stream(distances).max().orElseThrow())
                .against(distances, scores));
    }

    /** The same curve with its goodness of fit to the points. */
    private Overoptimisation against(double[] distances, double[] scores) {
        double residual = 0;
        for (int i = 0; i < scores.length; i++) {
            residual += Math.pow(scores[i] - at(distances[i]), 2);
        }
        double total = Summary.variance(scores) * (scores.length - 1);
        return new Overoptimisation(
                law,
                start,
                alpha,
                beta,
                total == 0 ? 0 : 1 - residual / total,
                Math.sqrt(residual / (scores.length - COEFFICIENTS)),
                nearest,
                farthest);
    }

    /** The score at a distance. */
    public double at(double distance) {
        return start + alpha * distance - beta * law.cost(distance);
    }

    /** How far the curve has fallen at a distance from its highest measured point before it; 0 if it has not. */
    public double fall(double distance) {
        double top = Math.max(nearest, unboundedPeak());
        return top < distance ? at(top) - at(distance) : 0;
    }

    /** The distance at which the score peaks; empty if that is not within the measured range. */
    public OptionalDouble peak() {
        double peak = unboundedPeak();
        return peak >= nearest && peak <= farthest ? OptionalDouble.of(peak) : OptionalDouble.empty();
    }

    /** The distance at which the curve itself peaks; positive infinity if it has no maximum. */
    private double unboundedPeak() {
        double peak = beta > 0 ? law.peak(alpha, beta) : Double.POSITIVE_INFINITY;
        return Double.isNaN(peak) ? Double.POSITIVE_INFINITY : peak;
    }
}
