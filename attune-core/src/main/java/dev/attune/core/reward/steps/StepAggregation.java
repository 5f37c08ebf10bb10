package dev.attune.core.reward.steps;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the scores of steps become one score of the solution (arXiv 2305.20050, appendix F, for minimum and product). */
public enum StepAggregation {
    /** The lowest: a solution is as good as its weakest step. */
    MIN,
    /** The product, which is the probability that all are correct if they are independent; falls with the number of steps. */
    PRODUCT,
    /** The score of the last step. */
    LAST;

    /**
     * The score of a solution.
     *
     * @param scores of its steps, probabilities in [0, 1] for the product
     * @return NaN, a missing score, if there are no steps
     */
    public double of(double... scores) {
        if (scores.length == 0) {
            return Double.NaN;
        }
        return switch (this) {
            case MIN -> Arrays.stream(scores).min().getAsDouble();
            case PRODUCT -> Arrays.stream(scores).reduce(1, (a, b) -> a * b);
            case LAST -> scores[scores.length - 1];
        };
    }

    /** @throws BadInputException for an unknown name */
    public static StepAggregation parse(String place, String name) {
        StepAggregation value = named(name);
        if (value == null) {
            throw BadInputException.at(place, "'" + name + "'", "min, product or last", "choose one of these");
        }
        return value;
    }

    /** The aggregation of this name, or null. */
    public static @Nullable StepAggregation named(String name) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
