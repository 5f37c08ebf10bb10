package dev.attune.core.hacking;

import dev.attune.core.stats.LeastSquares;
import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a score that is not optimised goes with the distance d = sqrt(KL) from the reference (Gao, Schulman and Hilton 2022,
 * "Scaling laws for reward model overoptimization"), fitted by least squares:
 *
 * <pre>
 *   reinforcement learning  R(d) = start + d (alpha - beta log d)
 *   best of n               R(d) = start + d (alpha - beta d)
 * </pre>
 *
 * @param start the score of the reference itself; the paper's scores are shifted so that it is 0
 * @param rSquared the share of the scores' variance that the curve explains
 * @param deviation of the scores from the curve
 */
public record Overoptimisation(Law law, double start, double alpha, double beta, double rSquared, double deviation) {
    private static final int FEWEST_POINTS = 5;
    private static final int COEFFICIENTS = 3;

    /** By what the policy was optimised. */
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

    /** The curve through these points; empty where they are too few or too much alike to determine it. */
    public static Optional<Overoptimisation> fit(Law law, double[] distances, double[] scores) {
        if (distances.length < FEWEST_POINTS) {
            return Optional.empty();
        }
        double[][] rows = Arrays.stream(distances)
                .mapToObj(distance -> new double[] {1, distance, -law.cost(distance)})
                .toArray(double[][]::new);
        return LeastSquares.fit(rows, scores)
                .map(found -> new Overoptimisation(law, found[0], found[1], found[2], 0, 0).against(distances, scores));
    }

    /** The same curve with how well it describes the points. */
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
                Math.sqrt(residual / (scores.length - COEFFICIENTS)));
    }

    /** The score at a distance. */
    public double at(double distance) {
        return start + alpha * distance - beta * law.cost(distance);
    }

    /** How far the score at a distance lies below the summit before it; 0 where there is none before it. */
    public double fall(double distance) {
        OptionalDouble peak = peak();
        return peak.isPresent() && peak.getAsDouble() < distance ? at(peak.getAsDouble()) - at(distance) : 0;
    }

    /** The distance at which the score is highest; empty where the curve has no summit. */
    public OptionalDouble peak() {
        double peak = beta > 0 ? law.peak(alpha, beta) : Double.NaN;
        return Double.isFinite(peak) && peak > 0 ? OptionalDouble.of(peak) : OptionalDouble.empty();
    }
}
