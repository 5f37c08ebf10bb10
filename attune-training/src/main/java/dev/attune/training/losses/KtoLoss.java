package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Kahneman-Tversky optimisation (arXiv 2402.01306, eq. 7) over completions that are desirable or not. With g = log pi -
 * log pi_ref summed over the completion's tokens,
 *
 * <pre>
 *   L = w_d (1 - sigma(beta (g - z)))   for desirable completions
 *   L = w_u (1 - sigma(beta (z - g)))   for undesirable ones
 *   z = max(0, mean of g over mismatched pairs)
 * </pre>
 *
 * A mismatched pair is a prompt of the batch with the completion of another row, see {@link #partners}; z estimates the
 * KL divergence and has no gradient. It follows the batch: a window that is accumulated from several batches has a z for
 * each. The terms' mean divides by the number of rows, whatever their class.
 *
 * @param beta above 0
 * @param desirable w_d, not negative
 * @param undesirable w_u, not negative
 */
public record KtoLoss(double beta, double desirable, double undesirable) {
    private static final double MAX_BALANCE = 4.0 / 3;

    public KtoLoss {
        if (!(beta > 0 && desirable >= 0 && undesirable >= 0 && desirable + undesirable > 0)) {
            throw BadInputException.at(
                    "kto",
                    "beta " + beta + ", weights " + desirable + " and " + undesirable,
                    "beta above 0 and weights of at least 0, not both 0",
                    "change the settings");
        }
    }

    /** beta 0.1, both classes with weight 1. */
    public static KtoLoss defaults() {
        return new KtoLoss(0.1, 1, 1);
    }

    /**
     * For each row of a batch the row whose completion follows its prompt in the mismatched pair: the row before it, and
     * for the first the last.
     *
     * @throws BadInputException for a single row, which has no other
     */
    public static int[] partners(int rows) {
        if (rows < 2) {
            throw BadInputException.at(
                    "kto",
                    "a batch of " + rows + " row",
                    "at least 2, since the KL estimate needs completions of other rows",
                    "raise the batch size, or drop the last row of the data");
        }
        int[] partners = new int[rows];
        for (int i = 0; i < rows; i++) {
            partners[i] = (i + rows - 1) % rows;
        }
        return partners;
    }

    /** z of a batch, from log pi - log pi_ref of its mismatched pairs. */
    public static double z(double[] mismatched) {
        double sum = 0;
        for (double ratio : mismatched) {
            sum += ratio;
        }
        return Math.max(0, sum / Math.max(1, mismatched.length));
    }

    /**
     * The loss of each row, {@code [rows]}, in the order of the rows.
     *
     * @param ratios g, {@code [rows]}, with gradient
     * @param wanted whether each row is desirable
     */
    public Tensor perRow(Tensor ratios, boolean[] wanted, double z) {
        float[] signs = new float[wanted.length];
        float[] weights = new float[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            signs[i] = wanted[i] ? 1 : -1;
            weights[i] = (float) (wanted[i] ? desirable : undesirable);
        }
        Tensor gain = ratios.minus(z).times(beta).times(like(signs, ratios));
        return gain.sigmoid().negate().plus(1).times(like(weights, ratios));
    }

    private static Tensor like(float[] values, Tensor tensor) {
        return Tensor.of(values, values.length).to(tensor.dtype());
    }

    /** Advice if the classes are out of balance (arXiv 2402.01306, section 4.2), or null. Weights stay as given. */
    public @Nullable String balanceHint(long wanted, long unwanted) {
        if (wanted == 0 || unwanted == 0) {
            return "all rows are " + (wanted == 0 ? "undesirable" : "desirable") + ": KTO needs both";
        }
        double balance = wanted * desirable / (unwanted * undesirable);
        return balance >= 1 && balance <= MAX_BALANCE
                ? null
                : String.format(
                        Locale.ROOT,
                        "desirable x weight / (undesirable x weight) is %.2f (%d and %d rows): 1 to 4/3 is recommended,"
                                + " for example with desirable_weight %.2f",
                        balance,
                        wanted,
                        unwanted,
                        unwanted * undesirable / wanted);
    }
}
