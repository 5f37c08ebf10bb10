package dev.attune.training.onpolicy;

import dev.attune.core.error.RunFailedException;
import dev.attune.training.kl.KlEstimator;
import dev.attune.training.models.SameModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Statistics of the log-ratios x = log pi_old - log pi_ref of a step's tokens. Their sum over a sequence is the k1 estimate
 * of its KL, whose expectation under the policy's own samples is never negative: a mean clearly below 0 shows a fault of the
 * set-up.
 */
final class KlDiagnosis {
    private static final double SIGNIFICANT = 4;

    final double mean;
    final double k3;
    final double standardError;
    final double minimum;
    final double negativeShare;
    final double largest;

    KlDiagnosis(List<Episode> episodes) {
        double sum = 0;
        double squares = 0;
        double k3Sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largestAbsolute = 0;
        long negative = 0;
        long tokens = 0;
        for (Episode episode : episodes) {
            double sequence = 0;
            for (int t = 0; t < episode.length(); t++) {
                double x = episode.logProbabilities[t] - (double) episode.referenceLogProbabilities[t];
                sequence += x;
                smallest = Math.min(smallest, x);
                largestAbsolute = Math.max(largestAbsolute, Math.abs(x));
                negative += x < 0 ? 1 : 0;
                k3Sum += KlEstimator.K3.estimate(x, 0);
            }
            tokens += episode.length();
            sum += sequence;
            squares += sequence * sequence;
        }
        int count = episodes.size();
        mean = sum / count;
        k3 = k3Sum / count;
        standardError = Math.sqrt(Math.max(0, squares / count - mean * mean) / count);
        minimum = smallest;
        negativeShare = (double) negative / tokens;
        largest = largestAbsolute;
    }

    /** Fails if policy and reference, which have the same weights, differ on a token. */
    void requireZero(int step) {
        if (!(largest <= SameModel.tolerance())) {
            throw new RunFailedException("step " + step + ": policy and reference have the same weights, but differ by "
                    + largest + " nats on a token (at most " + SameModel.tolerance()
                    + "): their log-probabilities are computed differently");
        }
    }

    List<String> warnings(int step, boolean sameStart, boolean biasedSampling) {
        List<String> warnings = new ArrayList<>();
        if (step == 1 && !sameStart) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "policy and reference start from different weights: their sequence KL is %.3f nats",
                    mean));
        }
        if (mean < -SIGNIFICANT * standardError && mean < -SameModel.tolerance()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the mean sequence KL is %.3f nats, %.1f standard errors below 0, which is not possible for "
                            + "samples of the policy; %s",
                    mean,
                    -mean / standardError,
                    biasedSampling
                            ? "the sampling filters of this recipe cause it: remove them"
                            : "look for tokens that the policy did not sample, or another temperature"));
        }
        return warnings;
    }
}
